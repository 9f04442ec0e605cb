import {type Answer, listed, type Rule, unpublished} from '../../../model/index.js';
import {guide} from './common.js';
import {allMethods, type Stage} from './stage.js';

const isLogging = (level: string | undefined): boolean => level === 'ERROR' || level === 'INFO';

export const stageLogged: Rule<Stage> = {
	id: 'apigateway-stage-execution-logged',
	title: 'A stage logs how it executes requests',
	severity: 'MEDIUM',
	published: {securityControlIds: ['APIGateway.1'], cis: [], prowler: ['apigateway_restapi_logging_enabled']},
	rationale:
		'Without the execution log nobody can tell afterwards which requests an authorizer turned away, what a backend answered, or why.',
	remediation: {
		text: 'Set the logging level of all methods to ERROR, or to INFO for a while. The account needs a role by which API Gateway writes logs.',
		cli: 'aws apigateway update-stage --rest-api-id API_ID --stage-name STAGE_NAME --patch-operations "op=replace,path=/*/*/logging/loglevel,value=ERROR" --region {region}',
		terraform:
			'resource "aws_api_gateway_method_settings" "all" {\n  rest_api_id = aws_api_gateway_rest_api.this.id\n  stage_name  = aws_api_gateway_stage.this.stage_name\n  method_path = "*/*"\n\n  settings {\n    logging_level = "ERROR"\n  }\n}',
		url: `${guide}/set-up-logging.html`,
	},
	note: 'Asked of every method that has settings of its own, as Security Hub does. The access log (who called when) is another log and shown as a fact: it does not replace this one.',
	reads: [],
	evaluate({configuration: {methods}}): Answer {
		const all = methods[allMethods]?.loggingLevel;
		const observed = Object.entries(methods)
			.map(([path, {loggingLevel}]) => `${path} ${loggingLevel ?? 'unset'}`)
			.join(', ');
		const evidence = {
			expected: 'loggingLevel ERROR or INFO for all methods',
			observed: observed || 'no methodSettings',
			operation: 'GetStages',
		};
		const single = Object.entries(methods).filter(([path]) => path !== allMethods);
		const silent = single.filter(([, {loggingLevel}]) => !isLogging(loggingLevel)).map(([path]) => path);
		if (!isLogging(all)) {
			const some = single.length - silent.length;
			return {verdict: 'FAIL', reason: some > 0 ? `logs ${some} method${some === 1 ? '' : 's'} alone` : 'logs no executions', evidence};
		}

		return silent.length > 0
			? {verdict: 'FAIL', reason: `logs at ${all}, but not ${listed(silent)}`, evidence}
			: {verdict: 'PASS', reason: `logs at ${all}`, evidence};
	},
};

export const stageNoDataTrace: Rule<Stage> = {
	id: 'apigateway-stage-data-not-logged',
	title: 'A stage does not log whole requests and responses',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'Data tracing writes bodies, with what users typed into them, to CloudWatch Logs, where more people read than may read the data itself.',
	remediation: {
		text: 'Turn data tracing off when the fault is found, and delete the log events that hold data.',
		cli: 'aws apigateway update-stage --rest-api-id API_ID --stage-name STAGE_NAME --patch-operations "op=replace,path=/*/*/logging/dataTrace,value=false" --region {region}',
		terraform:
			'resource "aws_api_gateway_method_settings" "all" {\n  rest_api_id = aws_api_gateway_rest_api.this.id\n  stage_name  = aws_api_gateway_stage.this.stage_name\n  method_path = "*/*"\n\n  settings {\n    data_trace_enabled = false\n  }\n}',
		url: `${guide}/set-up-logging.html`,
	},
	note: 'No published rule asks this; AWS recommends not to enable data tracing for production APIs. It writes only where the execution log is on.',
	reads: [],
	evaluate({configuration: {methods}}): Answer {
		const traced = Object.entries(methods)
			.filter(([, {dataTrace, loggingLevel}]) => dataTrace === true && loggingLevel !== 'OFF')
			.map(([path]) => (path === allMethods ? 'all methods' : path));
		const evidence = {expected: 'dataTraceEnabled false', observed: traced.join(', ') || 'none', operation: 'GetStages'};
		return traced.length > 0
			? {verdict: 'FAIL', reason: `logs requests and responses whole: ${listed(traced)}`, evidence}
			: {verdict: 'PASS', reason: 'logs no bodies', evidence};
	},
};

export const stageTraced: Rule<Stage> = {
	id: 'apigateway-stage-traced',
	title: 'A stage is traced by X-Ray',
	severity: 'LOW',
	published: {securityControlIds: ['APIGateway.3'], cis: [], prowler: ['apigateway_restapi_tracing_enabled']},
	rationale: 'A trace follows a request through the API and what lies behind it, and shows at once where a slow or failing one got stuck.',
	remediation: {
		text: 'Turn on active tracing.',
		cli: 'aws apigateway update-stage --rest-api-id API_ID --stage-name STAGE_NAME --patch-operations op=replace,path=/tracingEnabled,value=true --region {region}',
		terraform: 'resource "aws_api_gateway_stage" "this" {\n  xray_tracing_enabled = true\n}',
		url: `${guide}/apigateway-enabling-xray.html`,
	},
	reads: [],
	evaluate({configuration: {tracing}}): Answer {
		const evidence = {expected: 'tracingEnabled true', observed: `tracingEnabled ${tracing ?? 'absent'}`, operation: 'GetStages'};
		return tracing === true ? {verdict: 'PASS', reason: 'traced', evidence} : {verdict: 'FAIL', reason: 'not traced', evidence};
	},
};
