package query

import (
	"errors"
	"fmt"
	"strings"

	"trail403/ingest/pattern"
)

// Errors of the DDL.
var (
	ErrPlace = errors.New("a place with other characters than letters, digits and " +
		"!_.*()/=+@:,- cannot be written into DDL")
	ErrName  = errors.New("names of databases and tables in Athena have only lowercase letters, digits and _")
	ErrTrail = errors.New("the place is not the folder AWSLogs of a trail, or that of an organization in it")
)

var (
	safePlace  = pattern.New(`^[a-z0-9]+://[A-Za-z0-9!_.*()/=+@:,-]*$`)
	athenaName = pattern.New(`^[a-z0-9_]+$`)
	trailPlace = pattern.New(`/AWSLogs/(o-[a-z0-9]+/)?$`)
)

// Projection says which partitions a table for Trino has, that nobody has to add. The zero
// value has none.
type Projection struct {
	Accounts, Regions []string
	FirstDay          string
}

// TrinoDDL makes a table of complete objects for Trino's Hive connector. A delivered object
// is a single line. U+0001, which ends a column, cannot be in JSON: an object that holds it
// has something in the column rest. With partitions, place is the folder AWSLogs, or that of
// an organization in it.
func TrinoDDL(table Table, place string, p Projection) (string, error) {
	place = strings.TrimSuffix(place, "/") + "/"
	if !safePlace.MatchString(place) {
		return "", ErrPlace
	}
	columns, partitions := "(line varchar, rest varchar)", ""
	if len(p.Accounts) > 0 || len(p.Regions) > 0 {
		if !trailPlace.MatchString(place) {
			return "", ErrTrail
		}
		columns = fmt.Sprintf(trinoColumns, literals(p.Accounts), literals(p.Regions), literal(p.FirstDay))
		partitions = fmt.Sprintf(trinoPartitions, literal(place+"${account}/CloudTrail/${region}/${timestamp}"))
	}
	return `CREATE TABLE ` + table.String() + ` ` + columns + `
WITH (
  format = 'TEXTFILE',
  textfile_field_separator = U&'\0001',
` + partitions + `  external_location = ` + literal(place) + `
);
`, nil
}

// trinoColumns are those of a table with partitions. Trino injects only single values, so
// that the accounts and Regions must be listed.
const trinoColumns = `(
  line varchar,
  rest varchar,
  account varchar WITH (partition_projection_type = 'ENUM', partition_projection_values = ARRAY[%s]),
  region varchar WITH (partition_projection_type = 'ENUM', partition_projection_values = ARRAY[%s]),
  "timestamp" varchar WITH (
    partition_projection_type = 'DATE',
    partition_projection_format = 'yyyy/MM/dd',
    partition_projection_range = ARRAY[%s, 'NOW'],
    partition_projection_interval = 1,
    partition_projection_interval_unit = 'DAYS'))`

const trinoPartitions = `  partitioned_by = ARRAY['account', 'region', 'timestamp'],
  partition_projection_enabled = true,
  partition_projection_location_template = %s,
`

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
