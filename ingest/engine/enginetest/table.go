package enginetest

// ColumnsTable makes a table with the columns of AWS's table for CloudTrail, of records one
// a line.
// https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table.html
func ColumnsTable(name, location string) string {
	return "CREATE TABLE " + name + " (" + columns + ")" +
		" WITH (format = 'OPENX_JSON', external_location = '" + location + "')"
}

const columns = `
	eventversion varchar,
	useridentity ROW(
		type varchar, principalid varchar, arn varchar, accountid varchar, invokedby varchar, accesskeyid varchar,
		username varchar, onbehalfof ROW(userid varchar, identitystorearn varchar),
		sessioncontext ROW(
			attributes ROW(mfaauthenticated varchar, creationdate varchar),
			sessionissuer ROW(type varchar, principalid varchar, arn varchar, accountid varchar, username varchar),
			ec2roledelivery varchar,
			webidfederationdata ROW(federatedprovider varchar, attributes map(varchar, varchar)))),
	eventtime varchar, eventsource varchar, eventname varchar, awsregion varchar, sourceipaddress varchar,
	useragent varchar, errorcode varchar, errormessage varchar, requestparameters varchar, responseelements varchar,
	additionaleventdata varchar, requestid varchar, eventid varchar, readonly varchar,
	resources ARRAY(ROW(arn varchar, accountid varchar, type varchar)),
	eventtype varchar, apiversion varchar, recipientaccountid varchar, serviceeventdetails varchar,
	sharedeventid varchar, vpcendpointid varchar, vpcendpointaccountid varchar, eventcategory varchar,
	addendum ROW(reason varchar, updatedfields varchar, originalrequestid varchar, originaleventid varchar),
	sessioncredentialfromconsole varchar, edgedevicedetails varchar,
	tlsdetails ROW(tlsversion varchar, ciphersuite varchar, clientprovidedhostheader varchar)`
