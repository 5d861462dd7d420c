import { FORMATS, ImageFormat } from './image-format';

const QUALITY = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

/**
 * The format to answer in: the one that `Accept` names with the highest quality, and of several the smallest. AVIF and WebP have to be
 * named: `*` from a client says little of what it can read. Where nothing of it can be met, it is ignored.
 *
 * @param accept the header
 * @param said what the object says that it is
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-accept
 */
export function negotiated(accept: string | undefined, said: ImageFormat): ImageFormat {
  const qualities = qualitiesOf(accept ?? '*/*');
  const named = FORMATS.filter(format => (qualities.get(`image/${format}`) ?? 0) > 0);
  const best = Math.max(...named.map(format => qualities.get(`image/${format}`)!));
  const wildcard = qualities.get('image/*') ?? qualities.get('*/*') ?? 0;
  const ofBest = named.filter(format => qualities.get(`image/${format}`) === best);
  const saidQuality = qualities.get(`image/${said}`) ?? wildcard;
  if (ofBest.length > 0 && best >= saidQuality) {
    const [first] = ofBest;
    return ofBest.includes(said) && FORMATS.indexOf(first) > 1 ? said : first;
  }
  if (saidQuality > 0 || wildcard === 0) {
    return said;
  }
  return (['jpeg', 'png', 'webp', 'avif'] as const).find(format => qualities.get(`image/${format}`) !== 0) ?? said;
}

function qualitiesOf(accept: string): Map<string, number> {
  const qualities = new Map<string, number>();
  for (const range of accept.split(',')) {
    const [type, ...parameters] = range.split(';').map(part => part.trim().toLowerCase());
    const quality = parameters.find(parameter => parameter.startsWith('q='))?.slice(2).trim() ?? '1';
    qualities.set(type === 'image/jpg' ? 'image/jpeg' : type, QUALITY.test(quality) ? Number(quality) : 0);
  }
  return qualities;
}
