export { HealthChecks, NotReadyError } from './health-checks.js';
