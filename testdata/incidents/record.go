package main

import (
	"bytes"
	"fmt"
	"strings"
	"time"
)

// write appends the event's record as CloudTrail writes it, but only with what
// denials and changes are read from.
func (e *event) write(b *bytes.Buffer) {
	switch {
	case e.change != nil:
		e.change.write(b, e)
	case e.key != "":
		e.writeKey(b)
	default:
		g := e.group
		if g.prefix == "" {
			g.compose()
		}
		b.WriteString(g.prefix)
		b.Write(e.at.AppendFormat(b.AvailableBuffer(), time.RFC3339))
		b.WriteString(g.infix)
		b.WriteString(e.id)
		b.WriteString(g.suffix)
	}
}

// identity is the userIdentity of a principal.
func identity(p *principal) string {
	if p.kind == "user" {
		return fmt.Sprintf(`{"type":"IAMUser","principalId":"AIDAEXAMPLE","arn":%q,"accountId":%q,"userName":%q}`, p.arn(), p.account, p.name)
	}
	return fmt.Sprintf(`{"type":"AssumedRole","principalId":"AROAEXAMPLE:session","arn":%q,"accountId":%q,"sessionContext":{"sessionIssuer":`+
		`{"type":"Role","principalId":"AROAEXAMPLE","arn":%q,"accountId":%q,"userName":%q}}}`, p.caller(), p.account, p.arn(), p.account, p.name)
}

// compose prepares what the records of a group have in common.
func (g *group) compose() {
	g.prefix = `{"eventVersion":"1.11","userIdentity":` + identity(g.who) + `,"eventTime":"`
	if g.network {
		g.infix = fmt.Sprintf(`","eventSource":"s3.amazonaws.com","eventName":%q,"awsRegion":%q,"sourceIPAddress":"10.0.0.9","errorCode":"VpceAccessDenied","errorMessage":%q,`+
			`"requestParameters":{"bucketName":%q,"key":"data/part"},"eventID":"`, g.call, region(g.who.account), g.why.text, g.bucket.name)
		g.suffix = fmt.Sprintf(`","eventType":"AwsVpceEvent","recipientAccountId":%q,"vpcEndpointId":%q,"vpcEndpointAccountId":%q,"eventCategory":"NetworkActivity"}`,
			g.who.account, g.endpoint, g.who.account)
		return
	}
	params, things, resource := g.request()
	g.infix = fmt.Sprintf(`","eventSource":"s3.amazonaws.com","eventName":%q,"awsRegion":%q,"sourceIPAddress":"10.0.0.9","userAgent":"[Boto3/1.40.1]","errorCode":"AccessDenied",`+
		`"errorMessage":%q,"requestParameters":%s,"responseElements":null,"eventID":"`, g.call, region(g.who.account), g.why.words(g.who.caller(), actions[g.call], resource), params)
	category := "Data"
	if management(g.call) {
		category = "Management"
	}
	g.suffix = fmt.Sprintf(`","readOnly":%v%s,"eventType":"AwsApiCall","managementEvent":%v,"recipientAccountId":%q,"eventCategory":%q`,
		!strings.HasPrefix(g.call, "Put") && !strings.HasPrefix(g.call, "Delete"), things, management(g.call), g.who.account, category)
	if g.endpoint != "" {
		g.suffix += fmt.Sprintf(`,"vpcEndpointId":%q`, g.endpoint)
	}
	g.suffix += "}"
}

// request returns the parameters and the resources of the record as JSON, and the
// resource as the message names it.
func (g *group) request() (params, things, resource string) {
	if g.bucket == nil {
		return "{}", "", "arn:aws:s3:::*"
	}
	params = fmt.Sprintf(`{"bucketName":%q}`, g.bucket.name)
	things = fmt.Sprintf(`,"resources":[{"accountId":%q,"type":"AWS::S3::Bucket","ARN":%q}]`, g.bucket.account, g.bucket.arn())
	resource = g.bucket.arn()
	if strings.Contains(g.call, "Object") && g.call != "ListObjects" {
		params = fmt.Sprintf(`{"bucketName":%q,"key":"data/part"}`, g.bucket.name)
		resource += "/data/part"
		if g.accessPoint != "" {
			resource = g.accessPoint + "/object/data/part"
		}
	}
	return params, things, resource
}

// writeKey writes KMS's own record of the denial.
func (e *event) writeKey(b *bytes.Buffer) {
	g := e.group
	fmt.Fprintf(b, `{"eventVersion":"1.10","userIdentity":%s,"eventTime":%q,"eventSource":"kms.amazonaws.com","eventName":"Decrypt","awsRegion":%q,"sourceIPAddress":"AWS Internal",`+
		`"errorCode":"AccessDenied","errorMessage":%q,"requestParameters":{"encryptionContext":{"aws:s3:arn":"%s/data/part"}},"responseElements":null,"eventID":%q,"readOnly":true,`+
		`"resources":[{"accountId":%q,"type":"AWS::KMS::Key","ARN":%q}],"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":%q,"eventCategory":"Management"}`,
		identity(g.who), e.at.Format(time.RFC3339), region(g.who.account), g.why.words(g.who.caller(), "kms:Decrypt", ""), g.bucket.arn(), e.id,
		g.bucket.account, e.key, g.who.account)
}

// write writes the record of a change.
func (c *change) write(b *bytes.Buffer, e *event) {
	things, reply, failure := "", c.reply, ""
	if c.things != "" {
		things = `,"resources":` + c.things
	}
	if reply == "" {
		reply = "null"
	}
	if c.failed {
		failure = `"errorCode":"MalformedPolicyDocument","errorMessage":"The policy is not valid.",`
	}
	where := region(c.account)
	if c.service == "iam" || c.service == "organizations" {
		where = "us-east-1"
	}
	fmt.Fprintf(b, `{"eventVersion":"1.10","userIdentity":%s,"eventTime":%q,"eventSource":"%s.amazonaws.com","eventName":%q,"awsRegion":%q,"sourceIPAddress":"198.51.100.7",`+
		`"userAgent":"aws-cli/2.30",%s"requestParameters":%s,"responseElements":%s,"eventID":%q,"readOnly":false%s,"eventType":"AwsApiCall","managementEvent":true,`+
		`"recipientAccountId":%q,"eventCategory":"Management"}`,
		identity(c.actor), e.at.Format(time.RFC3339), c.service, c.name, where, failure, c.params, reply, e.id, things, c.account)
}

// writeQuiet writes the record of a call that has nothing to do with S3: in a real
// trail some call of that kind comes in every hour.
func writeQuiet(b *bytes.Buffer, account string, at time.Time, id string) {
	fmt.Fprintf(b, `{"eventVersion":"1.10","userIdentity":{"type":"AWSService","invokedBy":"ec2.amazonaws.com"},"eventTime":%q,"eventSource":"sts.amazonaws.com","eventName":"AssumeRole",`+
		`"awsRegion":%q,"sourceIPAddress":"ec2.amazonaws.com","userAgent":"ec2.amazonaws.com","requestParameters":{},"responseElements":{},"eventID":%q,"readOnly":true,`+
		`"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":%q,"eventCategory":"Management"}`, at.Format(time.RFC3339), region(account), id, account)
}
