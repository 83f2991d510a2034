// Package row makes CloudTrail records of the columns of AWS's table for CloudTrail. Its
// names are in lower case there, parameters are texts that hold JSON, and what a record
// lacks is null.
package row

import (
	"bytes"
	"encoding/json"
	"errors"

	"trail403/ingest/scan"
)

// ErrShape says that a column does not hold what it does in AWS's table.
var ErrShape = errors.New("a column of the table does not hold objects with named members")

// ErrPrefix says that a resource may have had the member ARNPrefix, for which AWS's table
// has no column, and that nothing else in the record names the same bucket.
var ErrPrefix = errors.New("the table has no column for a member of the record that may name its bucket")

// Record appends the record to b that an object of columns stands for: the names of the
// members of records, with the values of the columns.
func Record(b, columns []byte) ([]byte, error) {
	b = append(b, '{')
	start := len(b)
	hasBucket, needsBucket := false, false
	for name, value := range scan.Members(columns) {
		if string(value) == "null" {
			continue
		}
		if len(b) > start {
			b = append(b, ',')
		}
		b = appendName(b, name, nil)
		b = append(b, ':')
		switch string(name) {
		case "requestParameters", "responseElements", "additionalEventData":
			value = unwrapped(value)
			hasBucket = hasBucket || bytes.Contains(value, []byte(`"bucketName"`))
			b = append(b, value...)
		case "resources":
			if !isListOfObjects(value) {
				return b, ErrShape
			}
			needsBucket = lacksARN(value)
			b = appendValue(b, value, resourceNames)
		case "userIdentity", "tlsDetails", "addendum":
			if value = unwrapped(value); value[0] != '{' {
				return b, ErrShape
			}
			b = appendValue(b, value, names)
		default:
			b = appendValue(b, value, names)
		}
	}
	if needsBucket && !hasBucket {
		return b, ErrPrefix
	}
	return append(b, '}'), nil
}

// lacksARN says whether one of the resources has a type and no ARN.
func lacksARN(resources []byte) bool {
	for element := range scan.Elements(resources) {
		hasType, hasARN := false, false
		for name, value := range scan.Members(element) {
			isThere := string(value) != "null"
			hasType = hasType || isThere && string(name) == "type"
			hasARN = hasARN || isThere && string(name) == "arn"
		}
		if hasType && !hasARN {
			return true
		}
	}
	return false
}

// isListOfObjects says whether a value is a list of objects. Some engines write rows as
// lists without names, which say nothing.
func isListOfObjects(value []byte) bool {
	if value[0] != '[' {
		return false
	}
	for element := range scan.Elements(value) {
		if element[0] != '{' && string(element) != "null" {
			return false
		}
	}
	return true
}

// unwrapped returns the JSON in a text. A text that holds none stays one.
func unwrapped(value []byte) []byte {
	if len(value) == 0 || value[0] != '"' {
		return value
	}
	text, _ := scan.Text(value)
	inner := bytes.TrimSpace([]byte(text))
	if len(inner) == 0 || inner[0] != '{' && inner[0] != '[' && string(inner) != "null" || !scan.Valid(inner) {
		return value
	}
	return inner
}

// names maps the names of columns within columns to those in records.
var names = map[string]string{
	"principalid": "principalId", "accountid": "accountId", "accesskeyid": "accessKeyId", "username": "userName",
	"invokedby": "invokedBy", "sessioncontext": "sessionContext", "sessionissuer": "sessionIssuer",
	"mfaauthenticated": "mfaAuthenticated", "creationdate": "creationDate", "ec2roledelivery": "ec2RoleDelivery",
	"webidfederationdata": "webIdFederationData", "federatedprovider": "federatedProvider",
	"sourceidentity": "sourceIdentity", "assumedroot": "assumedRoot", "identityprovider": "identityProvider",
	"onbehalfof": "onBehalfOf", "userid": "userId", "identitystorearn": "identityStoreArn",
	"credentialid": "credentialId", "inscopeof": "inScopeOf",
	"tlsversion": "tlsVersion", "ciphersuite": "cipherSuite", "clientprovidedhostheader": "clientProvidedHostHeader",
	"updatedfields": "updatedFields", "originalrequestid": "originalRequestID", "originaleventid": "originalEventID",
}

// resourceNames are those within the column resources.
var resourceNames = map[string]string{"accountid": "accountId", "arn": "ARN", "arnprefix": "ARNPrefix"}

// appendValue appends a value with the names of its objects mapped, and without members
// that are null.
func appendValue(b, value []byte, names map[string]string) []byte {
	switch value[0] {
	case '{':
		b = append(b, '{')
		start := len(b)
		for name, inner := range scan.Members(value) {
			if string(inner) == "null" {
				continue
			}
			if len(b) > start {
				b = append(b, ',')
			}
			b = appendName(b, name, names)
			b = append(b, ':')
			b = appendValue(b, inner, names)
		}
		return append(b, '}')
	case '[':
		b = append(b, '[')
		start := len(b)
		for element := range scan.Elements(value) {
			if len(b) > start {
				b = append(b, ',')
			}
			b = appendValue(b, element, names)
		}
		return append(b, ']')
	}
	return append(b, value...)
}

func appendName(b, name []byte, names map[string]string) []byte {
	if known := names[string(name)]; known != "" {
		name = []byte(known)
	}
	quoted, err := json.Marshal(string(name))
	if err != nil {
		quoted = []byte(`""`)
	}
	return append(b, quoted...)
}
