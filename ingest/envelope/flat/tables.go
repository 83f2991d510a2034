package flat

import (
	"slices"
	"strings"
)

// Shape names a flattened form of CloudTrail.
type Shape string

const (
	OCSF     Shape = "ocsf"          // API Activity, as Security Lake and CloudWatch write it
	Sentinel Shape = "sentinel"      // the table AWSCloudTrail
	Elastic  Shape = "elastic"       // Elastic Common Schema, as Filebeat and Elastic Agent write it
	History  Shape = "event-history" // CSV of the CloudTrail console
	Query    Shape = "query"         // columns named after the fields of a record
)

// Shapes returns all shapes, in the order in which they are tried.
func Shapes() []Shape {
	var shapes []Shape
	for i := range tables {
		shapes = append(shapes, tables[i].shape)
	}
	return slices.Compact(shapes)
}

// table says which members of an object become which fields of a record.
type table struct {
	shape Shape
	// signs are members that an object of the shape has, all of them.
	signs []string
	// from names the members that hold a field, the best first. A condition can follow a
	// path: "=arn" takes only an ARN, "!arn" anything else, and "=category" only the
	// category of an event. Without an entry, it is the path of the target itself if the
	// table has own, and none otherwise.
	from map[string][]string
	own  bool
}

// tables are the shapes, the ones with the surest signs first.
var tables = []table{
	{
		// https://schema.ocsf.io/classes/api_activity. Version 1.0.0-rc.2 has the ARN of a
		// user in uuid and the unique id in uid, version 1.1 in uid and uid_alt.
		shape: OCSF,
		signs: []string{"classuid", "metadata", "api.operation", "api.service.name"},
		from: map[string][]string{
			"eventVersion":               {"metadata.product.version"},
			"userIdentity.type":          {"actor.user.type", "identity.user.type", "unmapped.useridentity.type"},
			"userIdentity.principalId":   {"actor.user.uidalt", "actor.user.uid!arn", "identity.user.uid!arn"},
			"userIdentity.arn":           {"actor.user.uid=arn", "actor.user.uuid=arn", "identity.user.uuid=arn", "actor.user.uidalt=arn"},
			"userIdentity.accountId":     {"actor.user.account.uid", "actor.user.accountuid", "identity.user.accountuid"},
			"userIdentity.accessKeyId":   {"actor.user.credentialuid", "identity.user.credentialuid"},
			"userIdentity.userName":      {"actor.user.name", "identity.user.name"},
			"userIdentity.invokedBy":     {"actor.invokedby", "identity.invokedby"},
			"eventTime":                  {"time", "timedt"},
			"eventSource":                {"api.service.name"},
			"eventName":                  {"api.operation"},
			"awsRegion":                  {"cloud.region"},
			"sourceIPAddress":            {"srcendpoint.ip", "srcendpoint.domain"},
			"userAgent":                  {"httprequest.useragent"},
			"errorCode":                  {"api.response.error"},
			"errorMessage":               {"api.response.message", "api.response.errormessage"},
			"requestParameters":          {"api.request.data", "unmapped.requestparameters"},
			"responseElements":           {"api.response.data", "unmapped.responseelements"},
			"additionalEventData":        {"unmapped.additionaleventdata"},
			"requestID":                  {"api.request.uid"},
			"eventID":                    {"metadata.uid"},
			"readOnly":                   {"unmapped.readonly"},
			"resources":                  {"resources"},
			"eventType":                  {"metadata.eventcode", "unmapped.eventtype", "metadata.logname"},
			"managementEvent":            {"unmapped.managementevent"},
			"recipientAccountId":         {"unmapped.recipientaccountid", "cloud.account.uid", "cloud.accountuid"},
			"sharedEventID":              {"unmapped.sharedeventid"},
			"vpcEndpointId":              {"srcendpoint.uid", "unmapped.vpcendpointid"},
			"eventCategory":              {"metadata.product.feature.name=category", "unmapped.eventcategory"},
			"addendum":                   {"unmapped.addendum"},
			"tlsDetails.tlsVersion":      {"tls.version", "unmapped.tlsdetails.tlsversion"},
			"tlsDetails.cipherSuite":     {"tls.cipher", "unmapped.tlsdetails.ciphersuite"},
			issuer + "type":              {"unmapped.useridentity.sessioncontext.sessionissuer.type"},
			issuer + "arn":               {"actor.session.issuer", "session.issuer"},
			attributes + "creationDate":  {"actor.session.createdtimedt", "actor.session.createdtime"},
			"serviceEventDetails":        {"unmapped.serviceeventdetails"},
			"vpcEndpointAccountId":       {"unmapped.vpcendpointaccountid"},
			"tlsDetails." + providedHost: {"tls.sni", "unmapped.tlsdetails.clientprovidedhostheader"},
		},
	},
	{
		// https://learn.microsoft.com/azure/azure-monitor/reference/tables/awscloudtrail
		shape: Sentinel,
		signs: []string{"awseventid", "eventname", "eventsource"},
		own:   true,
		from: map[string][]string{
			"eventTime":                     {"timegenerated", "eventtime"},
			"eventID":                       {"awseventid"},
			"requestID":                     {"awsrequestid"},
			"eventType":                     {"eventtypename"},
			"eventCategory":                 {"category=category", "eventcategory=category"},
			issuer + "type":                 {"sessionissuertype"},
			issuer + "principalId":          {"sessionissuerprincipalid"},
			issuer + "arn":                  {"sessionissuerarn"},
			issuer + "accountId":            {"sessionissueraccountid"},
			issuer + "userName":             {"sessionissuerusername"},
			attributes + "creationDate":     {"sessioncreationdate"},
			attributes + "mfaAuthenticated": {"sessionmfaauthenticated"},
			"userIdentity.sessionContext.ec2RoleDelivery": {"ec2roledelivery"},
			"tlsDetails.tlsVersion":                       {"tlsversion"},
			"tlsDetails.cipherSuite":                      {"ciphersuite"},
			"tlsDetails." + providedHost:                  {"clientprovidedhostheader"},
		},
	},
	{
		// https://www.elastic.co/docs/reference/beats/filebeat/exported-fields-aws
		shape: Elastic,
		signs: []string{"event.action", "event.provider", "aws.cloudtrail.eventversion"},
		from:  elasticPaths("aws.cloudtrail."),
	},
	{
		// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events-console.html
		shape: History,
		signs: []string{"eventname", "eventtime", "username", "sourceipaddress", "awsaccesskey"},
		own:   true,
		from: map[string][]string{
			"userIdentity.userName":    {"username"},
			"userIdentity.accessKeyId": {"awsaccesskey"},
			// The column has objects of other names than a record.
			"resources": {},
		},
	},
	{
		// Athena, CloudTrail Lake, CloudWatch Logs Insights, Splunk, Steampipe, Fivetran.
		shape: Query,
		signs: []string{"eventname", "eventtime", "eventsource"},
		own:   true,
	},
	{
		// The same, of a query that did not ask for the source.
		shape: Query,
		signs: []string{"eventname", "eventtime", "errorcode"},
		own:   true,
	},
}

const (
	issuer       = "userIdentity.sessionContext.sessionIssuer."
	attributes   = "userIdentity.sessionContext.attributes."
	providedHost = "clientProvidedHostHeader"
)

// elasticPaths returns what Filebeat makes of each field. Most keep their names under the
// prefix, and some go where all logs have them.
func elasticPaths(prefix string) map[string][]string {
	from := map[string][]string{
		"userIdentity.principalId": {"user.id"},
		"userIdentity.userName":    {"user.name"},
		"eventTime":                {"timestamp"},
		"eventSource":              {"event.provider"},
		"eventName":                {"event.action"},
		"eventID":                  {"event.id"},
		"awsRegion":                {"cloud.region"},
		"sourceIPAddress":          {"source.address", "source.ip"},
		"userAgent":                {"useragent.original"},
		"requestParameters":        {prefix + "flattened.requestparameters"},
		"responseElements":         {prefix + "flattened.responseelements"},
		"additionalEventData":      {prefix + "flattened.additionaleventdata"},
		"userIdentity.accountId":   {prefix + "useridentity.accountid", "cloud.account.id"},
		"recipientAccountId":       {prefix + "recipientaccountid", "cloud.account.id"},
	}
	for _, target := range targets {
		from[target] = append(from[target], prefix+strings.ToLower(target))
	}
	return from
}

// paths returns where the table finds a field.
func (t *table) paths(target string) []string {
	if paths, ok := t.from[target]; ok || !t.own {
		return paths
	}
	// Nested or with a dot in the name, or written as one word.
	path := strings.ToLower(target)
	return []string{path, strings.ReplaceAll(path, ".", "")}
}

// fits says whether an object has the signs of the table.
func (t *table) fits(has func(path string) bool) bool {
	for _, sign := range t.signs {
		if !has(sign) {
			return false
		}
	}
	return true
}
