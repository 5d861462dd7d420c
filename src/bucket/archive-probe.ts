import * as imported from '../archive/zone-probe';

export const used = () => imported;
