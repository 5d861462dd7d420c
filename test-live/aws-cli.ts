import { execFile } from 'child_process';
import { resolve } from 'path';
import { REGION } from './server';
import { Credentials } from '../test/object-lambda/run-time/caller-request';

export interface Said {
  readonly exitCode: number;
  readonly out: string;
  readonly error: string;
}

/** The AWS CLI of requirements.txt, against one endpoint, with nothing of the user's configuration. */
export class AwsCli {
  constructor(private readonly endpoint: string, private readonly credentials: Credentials) {}

  async run(...words: string[]): Promise<Said> {
    const { accessKeyId, secretAccessKey, sessionToken } = this.credentials;
    const env = {
      LC_ALL: 'C.UTF-8',
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken },
      AWS_DEFAULT_REGION: REGION,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_MAX_ATTEMPTS: '1',
      NO_PROXY: '127.0.0.1',
    };
    const python = resolve(__dirname, '..', '.venv', 'bin', 'python');
    return new Promise(tell => {
      const child = execFile(python, ['-m', 'awscli', '--endpoint-url', this.endpoint, '--output', 'json', ...words], { env }, (_error, out, error) =>
        tell({ exitCode: child.exitCode ?? -1, out, error: error.trim() }));
    });
  }
}
