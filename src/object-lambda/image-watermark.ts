import { ConfigurationError } from '../private/errors';

const LONGEST = 200;

/**
 * What is drawn into the pixels of each image, over and over, light with dark edges, so that it can be read on any ground and a screenshot
 * holds it, too. Characters besides ASCII become question marks.
 */
export class ImageWatermark {
  /**
   * The name of whoever reads the image: of a user, or of the session of a role. Images are refused where it is not known.
   *
   * @param before a text that stands before it, such as `For `
   * @throws if the text is longer than 200 characters
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-event-context.html
   */
  public static callerName(before: string = ''): ImageWatermark {
    return new ImageWatermark(before, 'name');
  }

  /**
   * The ARN of whoever reads the image, with account and role. Images are refused where it is not known.
   *
   * @param before a text that stands before it
   * @throws if the text is longer than 200 characters
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-event-context.html
   */
  public static callerArn(before: string = ''): ImageWatermark {
    return new ImageWatermark(before, 'arn');
  }

  /**
   * The same text for everyone.
   *
   * @throws if the text is empty or longer than 200 characters
   */
  public static text(text: string): ImageWatermark {
    if (text.trim() === '') {
      throw new ConfigurationError('ImageWatermark', 'the text is empty', 'give a text, or leave the watermark out');
    }
    return new ImageWatermark(text);
  }

  /** @internal */
  public readonly _options: { readonly text: string; readonly caller?: 'name' | 'arn' };

  private constructor(text: string, caller?: 'name' | 'arn') {
    if (text.length > LONGEST) {
      throw new ConfigurationError('ImageWatermark', `the text has ${text.length} characters`, `give at most ${LONGEST}`);
    }
    this._options = { text, caller };
  }
}
