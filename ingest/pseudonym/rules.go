package pseudonym

import (
	"slices"
	"strings"

	"trail403/ingest/pattern"
)

// timeForm is a time as AWS and programs write it, or in seconds since 1970.
const timeForm = `^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?` +
	`(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)?$|^\d{10}(?:\.\d{1,9})?$|^\d{13}$`

var (
	isEnumerated = pattern.New(`^[A-Za-z0-9][A-Za-z0-9 ._:-]{0,63}$`)
	isTime       = pattern.New(timeForm)
	// isHost is the name of a service. The names of hosts that belong to a bucket have S3 in
	// the second place.
	isHost = pattern.New(`^(?:[a-z0-9-]+(?:\.` + region + `)?|` +
		`(?:access-grants|batchoperations|logging|storage-lens)\.s3|` +
		`[a-z0-9-]+\.(?:logs|lambda|apigateway|iam|ec2|rds|glue|config|backup))\.amazonaws\.com(?:\.cn)?$|^AWS Internal$`)
	isAction     = pattern.New(`^(?:` + services + `):[A-Za-z*?]+$|^\*$`)
	conditionKey = pattern.New(`^(?:[Aa][Ww][Ss]|` + services + `):[A-Za-z0-9-]+(/.*)?$`)
	operator     = pattern.New(`^(?:ForAllValues:|ForAnyValue:)?` +
		`(?:String|Numeric|Date|Bool|Binary|Ip|NotIp|Arn|Null)[A-Za-z]*$`)
	// isCondition are values of conditions that AWS defines: truths, numbers, canned ACLs.
	isCondition = pattern.New(`^(?:true|false|True|False|\d{1,6}(?:\.\d{1,3})?|AES256|aws:kms(?::dsse)?|private|` +
		`public-read|public-read-write|authenticated-read|aws-exec-read|bucket-owner-read|bucket-owner-full-control|` +
		`log-delivery-write|GOVERNANCE|COMPLIANCE|AWS4-HMAC-SHA256|REST-HEADER|REST-QUERY-STRING|POST|IAMUser|` +
		`AssumedRole|Account|FederatedUser)$|` + timeForm)
)

// hosts are the fields in which AWS names one of its services in place of a caller.
var hosts = setOf(`eventSource EventSource invokedBy sourceIPAddress userAgent Service source aws:CalledVia
	aws:CalledViaFirst aws:CalledViaLast aws:PrincipalServiceName kms:ViaService`)

// nobody are the values that stand for a caller without a name.
var nobody = setOf(`anonymous Anonymous ANONYMOUS ANONYMOUS_PRINCIPAL HIDDEN_DUE_TO_SECURITY_REASONS`)

// actions are the fields that hold actions.
var actions = setOf(`Action NotAction action actions`)

// isKept says whether a value stays as it is, because AWS defined it.
func isKept(path []string, field, s string) bool {
	switch {
	case nobody.has(s),
		enumerated.has(field) && isEnumerated.MatchString(s),
		times.has(field) && isTime.MatchString(s),
		hosts.has(field) && isHost.MatchString(s),
		actions.has(field) && isAction.MatchString(s),
		strings.EqualFold(field, "awsRegion") && (isRegion.MatchString(s) || s == "global"):
		return true
	}
	return slices.Contains(path, "Condition") && (isCondition.MatchString(s) || isRegion.MatchString(s))
}

// field replaces the name of a field, unless AWS defines it.
func (n *Names) field(s string) string {
	if fields.has(s) || operator.MatchString(s) {
		return s
	}
	if m := conditionKey.FindStringSubmatchIndex(s); m != nil {
		if m[2] < 0 {
			return s
		}
		return s[:m[2]] + n.all(s[m[2]:])
	}
	return n.all(s)
}
