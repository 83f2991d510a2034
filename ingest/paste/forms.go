package paste

import (
	"trail403/ingest/event"
	"trail403/ingest/message"
	"trail403/ingest/pattern"
)

// A Form is how a product prints that S3 denied access, without a reason. What is
// one of these is answered as a bare "Access Denied".
type Form struct {
	Product string
	Example string // a line as the product prints it
	re      *pattern.Pattern
	// loose forms are common words. They count only in a line that names S3.
	loose bool
}

var forms = [...]Form{
	{
		Product: "AWS SDKs and what is built on them",
		Example: `Cause: [Access Denied (Status Code: 403; Error Code: AccessDenied)]`,
		re:      pattern.New(`\bAccessDenied\b|Error Code: AccessDenied|<Code>AccessDenied</Code>`),
	},
	{
		Product: "an error class or a label before the bare text",
		Example: `Amazon.S3.AmazonS3Exception: Access Denied ---> Amazon.Runtime.Internal.HttpErrorResponseException`,
		re:      pattern.New(`(?:S3\w*|Amazon\w*|Error|Exception|[Mm]essage|Cause|failed|denied)['"]?\s*(?::|=>?|\(|->)\s*["'\[(]*Access Denied\b`),
	},
	{
		Product: "Redshift",
		Example: `S3ServiceException:Access Denied,Status 403,Error AccessDenied,Rid D14F284FE3B45734,CanRetry 1`,
		re:      pattern.New(`S3ServiceException:\s*Access Denied`),
	},
	{
		Product: "Athena and Lake Formation",
		Example: `PERMISSION_DENIED: Permission denied on S3 path: s3://amzn-s3-demo-bucket/events`,
		re:      pattern.New(`[Pp]ermission denied on S3 (?:path|location)`),
	},
	{
		Product: "Apache Arrow",
		Example: `OSError: When reading information for key 'a.parquet' in bucket 'amzn-s3-demo-bucket': AWS Error ACCESS_DENIED during HeadObject operation: No response body.`,
		re:      pattern.New(`\bACCESS_DENIED\b`),
		loose:   true,
	},
	{
		Product: "Hadoop S3A, Databricks, EMR",
		Example: `java.nio.file.AccessDeniedException: s3a://amzn-s3-demo-bucket/t: getFileStatus on s3a://amzn-s3-demo-bucket/t`,
		re:      pattern.New(`AccessDeniedException`),
		loose:   true,
	},
	{
		Product: "MinIO client",
		Example: `mc: <ERROR> Unable to list folder. Access Denied.`,
		re:      pattern.New(`^mc: <ERROR>.*\bAccess Denied\b`),
	},
	{
		Product: "s3fs and other Python libraries",
		Example: `PermissionError: Access Denied`,
		re:      pattern.New(`^PermissionError: (?:\[Errno 13\] )?(?:Access Denied|Forbidden)\.?$`),
	},
	{
		Product: "JavaScript and others, of an answer to HEAD, which has no body",
		Example: `Forbidden: UnknownError, from HeadObject of s3://amzn-s3-demo-bucket/a.csv`,
		re:      pattern.New(`(?:\b403|\bForbidden): (?:null|UnknownError|Unknown|Forbidden)\b`),
	},
	{
		Product: "HTTP clients: DuckDB, PHP, R, object_store, Mountpoint, curl",
		Example: `HTTP Error: HTTP GET error on 'https://amzn-s3-demo-bucket.s3.amazonaws.com/a.parquet' (HTTP 403)`,
		re:      pattern.New(`(?i)\b403\b.{0,12}\bForbidden\b|\bForbidden\b.{0,8}\b403\b|\bHTTP(?: error| status| response)?(?: code)?[: (=]+403\b|\bstatus(?: ?code)?['"]?\s*[:= ]\s*\(?403\b|\berror:? 403\b|: 403\b|\bClient error: Forbidden\b|\bForbidden\b`),
		loose:   true,
	},
	{
		Product: "any program that says it of S3",
		Example: `ERROR: S3 error: Access Denied`,
		re:      pattern.New(`(?i)\baccess (?:is |was )?denied\b`),
		loose:   true,
	},
}

// Forms returns the table for documents and tests.
func Forms() []Form { return forms[:] }

var (
	// ofS3 are words that only a text about S3 has.
	ofS3 = pattern.New(`(?i)\bs3[an]?://|\bs3\b|[._]s3[._]|s3[.-][a-z0-9.-]*amazonaws\.com|\bAmazonS3|\bS3Exception|\bObjectClient\b|\b(?:Get|Head|Put|Delete|List|Copy)(?:Object|Bucket)`)

	// ofOthers are words of other systems that deny access.
	ofOthers = pattern.New(`(?i)storage\.(?:objects|buckets)\.|googleapis|blob\.core\.windows|\bazure\b|access denied for user|permission denied \(publickey|kubernetes|kubectl|\bmysql\b|\bpostgres|gs://|abfss?://`)
)

// searchForm finds a denial that a product prints in its own words.
func searchForm(text, near string) (hit, bool) {
	if ofOthers.MatchString(text) {
		return hit{}, false
	}
	for i := range forms {
		f := &forms[i]
		if f.re.MatchString(text) && (!f.loose || ofS3.MatchString(near)) {
			return bareHit(), true
		}
	}
	return hit{}, false
}

// bareHit is a denial of which nothing else is known.
func bareHit() hit {
	return hitOf("Access Denied", message.Message{Cause: event.NotTold})
}
