// Starts nhsuk-frontend's parts and our own. Every page works without it.
import { initAll } from './nhsuk-frontend.min.js';
import { startTables } from './tables.js';

initAll();
startTables();
