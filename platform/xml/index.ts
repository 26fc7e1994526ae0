/** XML from outside (workbooks, cameras), read without anything that a document could declare. */
export { scanXml, XmlRefused } from './scanXml.ts';
