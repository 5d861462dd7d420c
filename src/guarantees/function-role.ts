import { property } from './expect';
import { PropertyExpectation } from './guarantee';
import { OwnFunctionFacts } from './object-lambda-facts';
import { View } from './view';

/** As CDK writes the trust in AWS Lambda. */
const LAMBDA_ONLY = {
  Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }],
  Version: '2012-10-17',
};

/** A function has the role that was made for it, which nobody else assumes. */
export function ownRole({ logicalId, roleLogicalId }: OwnFunctionFacts, view: View): PropertyExpectation[] {
  return [
    property({ logicalId }, 'Properties.Role', view.resolve({ 'Fn::GetAtt': [roleLogicalId, 'Arn'] })),
    property({ logicalId: roleLogicalId }, 'Properties.AssumeRolePolicyDocument', LAMBDA_ONLY),
  ];
}
