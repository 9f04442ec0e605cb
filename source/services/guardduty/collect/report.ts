import type {GuardDutyResource, SequenceActor} from './affected.js';

/** What of GuardDuty's report is read. Members may be missing: GuardDuty adds kinds of findings faster than clients learn them. */
export type GuardDutyFinding = {
	readonly AccountId?: string | undefined;
	readonly Arn?: string | undefined;
	readonly AssociatedAttackSequenceArn?: string | undefined;
	readonly CreatedAt?: string | undefined;
	readonly Description?: string | undefined;
	readonly Id?: string | undefined;
	readonly Region?: string | undefined;
	readonly Resource?: GuardDutyResource | undefined;
	readonly Service?: Report | undefined;
	readonly Severity?: number | undefined;
	readonly Title?: string | undefined;
	readonly Type?: string | undefined;
	readonly UpdatedAt?: string | undefined;
};

export type RemoteIp = {
	readonly City?: {readonly CityName?: string | undefined} | undefined;
	readonly Country?: {readonly CountryName?: string | undefined} | undefined;
	readonly IpAddressV4?: string | undefined;
	readonly IpAddressV6?: string | undefined;
	readonly Organization?: {readonly AsnOrg?: string | undefined; readonly Org?: string | undefined} | undefined;
};

export type Report = {
	readonly Action?:
		| {
				readonly ActionType?: string | undefined;
				readonly AwsApiCallAction?:
					| {readonly Api?: string | undefined; readonly ServiceName?: string | undefined; readonly RemoteIpDetails?: RemoteIp | undefined}
					| undefined;
				readonly DnsRequestAction?: {readonly Domain?: string | undefined; readonly Blocked?: boolean | undefined} | undefined;
				readonly NetworkConnectionAction?:
					| {
							readonly ConnectionDirection?: string | undefined;
							readonly LocalPortDetails?: {readonly Port?: number | undefined} | undefined;
							readonly RemotePortDetails?: {readonly Port?: number | undefined} | undefined;
							readonly RemoteIpDetails?: RemoteIp | undefined;
					  }
					| undefined;
				readonly PortProbeAction?:
					| {
							readonly PortProbeDetails?:
								| ReadonlyArray<{
										readonly LocalPortDetails?: {readonly Port?: number | undefined} | undefined;
										readonly RemoteIpDetails?: RemoteIp | undefined;
								  }>
								| undefined;
					  }
					| undefined;
				readonly KubernetesApiCallAction?:
					| {readonly RequestUri?: string | undefined; readonly Verb?: string | undefined; readonly RemoteIpDetails?: RemoteIp | undefined}
					| undefined;
				readonly RdsLoginAttemptAction?: {readonly RemoteIpDetails?: RemoteIp | undefined} | undefined;
		  }
		| undefined;
	readonly AdditionalInfo?: {readonly Value?: string | undefined} | undefined;
	readonly Archived?: boolean | undefined;
	readonly Count?: number | undefined;
	readonly EventFirstSeen?: string | undefined;
	readonly EventLastSeen?: string | undefined;
	readonly FeatureName?: string | undefined;
	readonly ResourceRole?: string | undefined;
	readonly Detection?:
		| {
				readonly Sequence?:
					| {
							readonly Description?: string | undefined;
							readonly Actors?: ReadonlyArray<SequenceActor> | undefined;
							readonly Signals?:
								| ReadonlyArray<{
										readonly Name?: string | undefined;
										readonly Type?: string | undefined;
										readonly Description?: string | undefined;
										readonly FirstSeenAt?: string | undefined;
										readonly Severity?: number | undefined;
								  }>
								| undefined;
							readonly Resources?:
								| ReadonlyArray<{readonly Uid?: string | undefined; readonly ResourceType?: string | undefined}>
								| undefined;
							readonly SequenceIndicators?:
								| ReadonlyArray<{readonly Key?: string | undefined; readonly Values?: readonly string[] | undefined}>
								| undefined;
					  }
					| undefined;
		  }
		| undefined;
};
