import { Construct, IConstruct } from 'constructs';

/** Where a construct is, or is about to be created. */
export type Place = IConstruct | { readonly scope: Construct; readonly id: string };

/** The construct path of a place, also before the construct exists. */
export function pathOf(place: Place): string {
  if ('scope' in place) {
    return place.scope.node.path ? `${place.scope.node.path}/${place.id}` : place.id;
  }
  return place.node.path;
}

/** A configuration that the library refuses: where, what was given, and what to do instead. */
export class ConfigurationError extends Error {
  constructor(place: Place | string, problem: string, remedy: string) {
    super(`[${typeof place === 'string' ? place : pathOf(place)}] ${problem}: ${remedy}`);
    this.name = 'ConfigurationError';
  }
}
