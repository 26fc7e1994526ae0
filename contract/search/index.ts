export { SearchAnswer, SearchKind, searchLimits, SearchRequest, SearchResult } from './search.ts';
