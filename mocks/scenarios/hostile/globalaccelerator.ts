import {accelerator, endpoint, type GaState, https} from '../../services/globalaccelerator-state.js';
import type {Populate} from '../scenario.js';
import {hostileStrings} from './strings.js';

/** AWS allows letters and hyphens in names; these are what something that only says it is AWS would send. */
export const populate: Populate<GaState> = place =>
	place.awsRegion === 'us-west-2'
		? {
				accelerators: hostileStrings.map((text, index) =>
					accelerator(
						place,
						`hostile-${index}`,
						[https(text, endpoint(`arn:aws:elasticloadbalancing:loadbalancer/app/${text}`, {preservesClientIp: false}))],
						{
							name: text,
							dnsName: text,
							ipAddresses: [text],
							flowLogsBucket: text,
						},
					),
				),
			}
		: undefined;
