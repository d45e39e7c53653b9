// Starts nhsuk-frontend's parts. Every page works without it.
import { initAll } from './nhsuk-frontend.min.js';

initAll();
