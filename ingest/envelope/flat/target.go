package flat

// targets are the fields of a record that a table can fill, in the order in which they
// are written. Those of one object follow one another.
var targets = []string{
	"eventVersion",
	"userIdentity.type", "userIdentity.principalId", "userIdentity.arn", "userIdentity.accountId",
	"userIdentity.accessKeyId", "userIdentity.userName", "userIdentity.invokedBy",
	"userIdentity.sessionContext.sessionIssuer.type", "userIdentity.sessionContext.sessionIssuer.principalId",
	"userIdentity.sessionContext.sessionIssuer.arn", "userIdentity.sessionContext.sessionIssuer.accountId",
	"userIdentity.sessionContext.sessionIssuer.userName",
	"userIdentity.sessionContext.attributes.creationDate", "userIdentity.sessionContext.attributes.mfaAuthenticated",
	"userIdentity.sessionContext.ec2RoleDelivery",
	"eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress", "userAgent",
	"errorCode", "errorMessage",
	"requestParameters", "responseElements", "additionalEventData",
	"requestID", "eventID", "readOnly", "resources", "eventType", "managementEvent",
	"recipientAccountId", "sharedEventID", "vpcEndpointId", "vpcEndpointAccountId", "eventCategory",
	"addendum", "serviceEventDetails",
	"tlsDetails.tlsVersion", "tlsDetails.cipherSuite", "tlsDetails.clientProvidedHostHeader",
}

// Fields is a set of the fields of a denial that a report cannot do without.
type Fields uint8

// The fields, in the order in which warnings name them.
const (
	ErrorMessage Fields = 1 << iota
	CallerARN
	Request // its parameters or resources
	EventSource
	EventID
	Recipient
	SourceIP

	AllFields = SourceIP<<1 - 1
)

// needed says which field a target fills.
var needed = map[string]Fields{
	"errorMessage": ErrorMessage, "userIdentity.arn": CallerARN,
	"userIdentity.sessionContext.sessionIssuer.arn": CallerARN, "userIdentity.invokedBy": CallerARN,
	"requestParameters": Request, "resources": Request, "eventSource": EventSource, "eventID": EventID,
	"recipientAccountId": Recipient, "sourceIPAddress": SourceIP,
}
