import about from '../../package.json' with {type: 'json'};

/** This version of Vedette. */
export const {version} = about;
