import * as imported from '../access-point/zone-probe';

export const used = () => imported;
