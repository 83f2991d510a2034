package query

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// Errors of the DDL.
var (
	ErrPlace = errors.New("a place with other characters than letters, digits and " +
		"!_.*()/=+@:,- cannot be written into DDL")
	ErrName  = errors.New("names of databases and tables in Athena have only lowercase letters, digits and _")
	ErrTrail = errors.New("the place is not the folder AWSLogs of a trail, or that of an organization in it")
)

var (
	safePlace  = regexp.MustCompile(`^[a-z0-9]+://[A-Za-z0-9!_.*()/=+@:,-]*$`)
	athenaName = regexp.MustCompile(`^[a-z0-9_]+$`)
	trailPlace = regexp.MustCompile(`/AWSLogs/(o-[a-z0-9]+/)?$`)
)

// TrinoDDL makes a table of complete objects for Trino's Hive connector. A delivered object
// is a single line. U+0001, which ends a column, cannot be in JSON: an object that holds it
// has something in the column rest.
func TrinoDDL(table Table, place string) (string, error) {
	if !safePlace.MatchString(place) {
		return "", ErrPlace
	}
	return `CREATE TABLE ` + table.String() + ` (line varchar, rest varchar)
WITH (
  format = 'TEXTFILE',
  textfile_field_separator = U&'\0001',
  external_location = ` + literal(strings.TrimSuffix(place, "/")+"/") + `
);
`, nil
}

// AthenaDDL makes AWS's table for CloudTrail, with partitions for accounts, Regions and days
// that nobody has to add. place is the folder AWSLogs, or that of an organization in it.
// https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-partition-projection.html
func AthenaDDL(table Table, place, firstDay string) (string, error) {
	place = strings.TrimSuffix(place, "/") + "/"
	switch {
	case !safePlace.MatchString(place):
		return "", ErrPlace
	case !athenaName.MatchString(table.Schema) || !athenaName.MatchString(table.Name):
		return "", ErrName
	case !trailPlace.MatchString(place):
		return "", ErrTrail
	}
	return fmt.Sprintf(athenaDDL, table.Schema, table.Name, place, firstDay, place), nil
}

// athenaDDL has the columns of AWS's documentation.
const athenaDDL = `CREATE EXTERNAL TABLE %s.%s (
  eventversion string,
  useridentity struct<
    type:string, principalid:string, arn:string, accountid:string, invokedby:string, accesskeyid:string,
    username:string, onbehalfof:struct<userid:string, identitystorearn:string>,
    sessioncontext:struct<
      attributes:struct<mfaauthenticated:string, creationdate:string>,
      sessionissuer:struct<type:string, principalid:string, arn:string, accountid:string, username:string>,
      ec2roledelivery:string,
      webidfederationdata:struct<federatedprovider:string, attributes:map<string,string>>>>,
  eventtime string,
  eventsource string,
  eventname string,
  awsregion string,
  sourceipaddress string,
  useragent string,
  errorcode string,
  errormessage string,
  requestparameters string,
  responseelements string,
  additionaleventdata string,
  requestid string,
  eventid string,
  readonly string,
  resources array<struct<arn:string, accountid:string, type:string>>,
  eventtype string,
  apiversion string,
  recipientaccountid string,
  serviceeventdetails string,
  sharedeventid string,
  vpcendpointid string,
  vpcendpointaccountid string,
  eventcategory string,
  addendum struct<reason:string, updatedfields:string, originalrequestid:string, originaleventid:string>,
  sessioncredentialfromconsole string,
  edgedevicedetails string,
  tlsdetails struct<tlsversion:string, ciphersuite:string, clientprovidedhostheader:string>
)
PARTITIONED BY (account string, region string, ` + "`timestamp`" + ` string)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
STORED AS INPUTFORMAT 'com.amazon.emr.cloudtrail.CloudTrailInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION '%s'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.account.type' = 'injected',
  'projection.region.type' = 'injected',
  'projection.timestamp.type' = 'date',
  'projection.timestamp.format' = 'yyyy/MM/dd',
  'projection.timestamp.range' = '%s,NOW',
  'projection.timestamp.interval' = '1',
  'projection.timestamp.interval.unit' = 'DAYS',
  'storage.location.template' = '%s${account}/CloudTrail/${region}/${timestamp}'
);
`
