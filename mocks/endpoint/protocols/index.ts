import type {Protocol} from '../protocol.js';
import type {MockService} from '../service.js';
import {operationOf} from '../shape.js';
import {awsJson} from './aws-json.js';
import {awsQuery} from './aws-query.js';
import {ec2Query} from './ec2-query.js';
import {restJson} from './rest-json.js';
import {restXml} from './rest-xml.js';

/** A service's operations never change: a program that opens many endpoints, as tests do, compiles them once. */
const compiled = new WeakMap<MockService, Protocol>();

export const protocolOf = (service: MockService): Protocol => {
	const known = compiled.get(service) ?? compile(service);
	compiled.set(service, known);
	return known;
};

/** Compiles a service's operations. A new protocol is a case here; no service mock changes. */
const compile = (service: MockService): Protocol => {
	const operations = Object.entries(service.commands).map(([name, command]) => operationOf(name, command));
	const {protocol} = service;
	switch (protocol.name) {
		case 'awsJson1.0':
			return awsJson('1.0', protocol.target, operations);
		case 'awsJson1.1':
			return awsJson('1.1', protocol.target, operations);
		case 'restJson1':
			return restJson(operations);
		case 'awsQuery':
			return awsQuery(protocol, operations);
		case 'ec2Query':
			return ec2Query(protocol, operations);
		case 'restXml':
			return restXml(protocol, operations);
	}
};
