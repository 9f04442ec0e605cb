import type {Rule} from '../../../model/index.js';
import {type Acl, aclAdminPortsClosed, aclUsed} from './acl.js';
import {type Address, addressInUse} from './address.js';
import type {Group} from './group.js';
import {adminPortsClosed, portsClosed, riskyPortsClosed} from './group-ports.js';
import {defaultEmpty, groupUsed} from './group-use.js';
import type {Image} from './image.js';
import {imageNotPublic, imageShareKey, imageSharesTrusted} from './image-rules.js';
import {encryptionDefault, imagesBlocked, type RegionSettings, snapshotsBlocked} from './settings.js';
import type {Snapshot} from './snapshot.js';
import {snapshotEncrypted, snapshotNotPublic, snapshotShareKey, snapshotSharesTrusted} from './snapshot-rules.js';
import {type Volume, volumeEncrypted} from './volume.js';

// What should be true of each, most pressing first.
export const settingsRules: ReadonlyArray<Rule<RegionSettings>> = [snapshotsBlocked, imagesBlocked, encryptionDefault];
export const snapshotRules: ReadonlyArray<Rule<Snapshot>> = [snapshotNotPublic, snapshotSharesTrusted, snapshotShareKey, snapshotEncrypted];
export const imageRules: ReadonlyArray<Rule<Image>> = [imageNotPublic, imageSharesTrusted, imageShareKey];
export const volumeRules: ReadonlyArray<Rule<Volume>> = [volumeEncrypted];
export const groupRules: ReadonlyArray<Rule<Group>> = [adminPortsClosed, riskyPortsClosed, portsClosed, defaultEmpty, groupUsed];
export const aclRules: ReadonlyArray<Rule<Acl>> = [aclAdminPortsClosed, aclUsed];
export const addressRules: ReadonlyArray<Rule<Address>> = [addressInUse];
