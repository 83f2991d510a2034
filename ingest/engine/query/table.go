package query

import (
	"errors"
	"fmt"
	"strings"
)

// shape is how a table holds records.
type shape int

const (
	asText    shape = iota // each line of an object is a row
	asColumns              // one record is a row, as in AWS's table for CloudTrail
)

// Source is a table that was looked at.
type Source struct {
	table      Table
	shape      shape
	has        map[string]bool // members of records that the table has columns for
	partitions partitions
}

// ErrShape says that a table holds no records in a known way.
var ErrShape = errors.New("the table is neither one of texts, with the columns line and rest, " +
	"nor AWS's table for CloudTrail, with the columns eventsource and eventname")

// NewSource recognizes a table by its columns.
func NewSource(table Table, columns []Column) (*Source, error) {
	s := &Source{table: table, has: map[string]bool{}}
	var data []Column
	byName := map[string]Column{}
	for _, c := range columns {
		if c.Partition {
			s.partitions.add(c)
			continue
		}
		data = append(data, c)
		byName[strings.ToLower(c.Name)] = c
	}
	if len(data) == 2 && isText(byName["line"].Type) && isText(byName["rest"].Type) {
		return s, nil
	}
	s.shape = asColumns
	var missing []string
	for _, m := range members {
		_, s.has[m.name] = byName[strings.ToLower(m.name)]
		if m.needed && !s.has[m.name] {
			missing = append(missing, strings.ToLower(m.name))
		}
	}
	switch {
	case !s.has["eventSource"] || !s.has["eventName"]:
		return nil, ErrShape
	case len(missing) > 0:
		return nil, fmt.Errorf("the table has no column %s, without which denials cannot be read",
			strings.Join(missing, ", "))
	}
	return s, nil
}

// member is a member of a record that becomes a column.
type member struct {
	name   string
	needed bool   // nothing can be told without it
	lack   string // what a report lacks without the column, if anything
}

// members are those members of a record that the decoder reads, in the order of AWS's
// table: https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-understanding.html
var members = []member{
	{name: "eventVersion", lack: "records of other kinds count as CloudTrail's"},
	{name: "userIdentity", needed: true},
	{name: "eventTime", needed: true},
	{name: "eventSource", needed: true},
	{name: "eventName", needed: true},
	{name: "awsRegion", lack: "denials have no Region"},
	{name: "sourceIPAddress", lack: "denials have no source address"},
	{name: "userAgent", lack: "denials have no user agent"},
	{name: "errorCode", needed: true},
	{name: "errorMessage", lack: "no denial has a cause"},
	{name: "requestParameters", needed: true},
	{name: "responseElements", lack: "the things that some access changes made have no name"},
	{name: "additionalEventData", lack: "denials lack what it tells about the request"},
	{name: "requestID", lack: "denials have no request ID"},
	{name: "eventID", needed: true},
	{name: "resources", lack: "some denials have no bucket, or no account of the bucket"},
	{name: "eventType", lack: "events of VPC endpoints count as others"},
	{name: "recipientAccountId", lack: "the copies of an event in several accounts are less certain"},
	{name: "sharedEventID", lack: "an event that several accounts have counts more than once"},
	{name: "vpcEndpointId", lack: "denials have no VPC endpoint"},
	{name: "eventCategory", lack: "only the names of calls tell data events"},
	{name: "addendum", lack: "an event that CloudTrail corrected may count twice"},
	{name: "managementEvent"}, // AWS's table never has it
	{name: "sessionCredentialFromConsole", lack: "denials do not show whether they come from the console"},
	{name: "tlsDetails", lack: "denials do not show their TLS version"},
}

// Lacks says what a report lacks, one sentence for each column that the table does not
// have.
func (s *Source) Lacks() (lacks []string) {
	if s.shape == asText {
		return nil
	}
	for _, m := range members {
		if m.lack != "" && !s.has[m.name] {
			lacks = append(lacks, fmt.Sprintf("the table has no column %s: %s", strings.ToLower(m.name), m.lack))
		}
	}
	return lacks
}

// Unused returns the names of the partition columns that select no part, since what they
// mean is unknown.
func (s *Source) Unused() []string { return s.partitions.unused }

// IsText says whether rows hold the lines of objects.
func (s *Source) IsText() bool { return s.shape == asText }
