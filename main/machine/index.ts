export { machineClock, machineRandomness, machineTimers, newCommandId, sha256 } from './machinePorts.ts';
