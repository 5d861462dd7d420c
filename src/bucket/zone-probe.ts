import * as imported from '../logging/logging-bucket-pair';

export const used = () => imported;
