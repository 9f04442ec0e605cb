export {populate} from '../healthy/kms.js';
