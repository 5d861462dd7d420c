import { AnchoredRecognizer, CodeRecognizer } from '../recognizer';
import { AUSTRALIA } from './national/australia';
import { BRAZIL, BRAZIL_SEARCHES } from './national/brazil';
import { CANADA } from './national/canada';
import { FINLAND } from './national/finland';
import { FRANCE } from './national/france';
import { GERMANY } from './national/germany';
import { INDIA } from './national/india';
import { ITALY } from './national/italy';
import { KOREA } from './national/korea';
import { NETHERLANDS } from './national/netherlands';
import { NIGERIA } from './national/nigeria';
import { NORWAY } from './national/norway';
import { POLAND } from './national/poland';
import { SINGAPORE } from './national/singapore';
import { SOUTH_AFRICA } from './national/south-africa';
import { SPAIN } from './national/spain';
import { SWEDEN } from './national/sweden';
import { THAILAND } from './national/thailand';
import { TURKEY } from './national/turkey';
import { UNITED_KINGDOM } from './national/united-kingdom';

/** The national identifiers. Where a number may be several and nothing else speaks, the first counts: those whose checks prove most. */
export const NATIONAL: readonly CodeRecognizer[] = [
  NORWAY, TURKEY, BRAZIL, FRANCE, SOUTH_AFRICA, FINLAND, ITALY, SINGAPORE, SPAIN, SWEDEN,
  KOREA, AUSTRALIA, POLAND, THAILAND, UNITED_KINGDOM, NETHERLANDS, INDIA, GERMANY, CANADA, NIGERIA,
].flat();

/** Those that the layout of a code cannot say. */
export const NATIONAL_SEARCHES: readonly AnchoredRecognizer[] = BRAZIL_SEARCHES;
