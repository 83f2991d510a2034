package pseudonym

import (
	_ "embed"
	"strings"
	"sync"
)

// A set holds words. It is made when it is used first: few runs need it.
type set struct {
	text string
	once sync.Once
	made map[string]bool
}

func setOf(text string) *set { return &set{text: text} }

func (s *set) all() map[string]bool {
	s.once.Do(func() {
		s.made = map[string]bool{}
		for word := range strings.FieldsSeq(s.text) {
			s.made[word] = true
		}
	})
	return s.made
}

func (s *set) has(word string) bool { return s.all()[word] }

// services are names of AWS services in ARNs and actions.
const services = `s3|s3express|s3-object-lambda|s3-outposts|s3tables|s3vectors|s3files|kms|iam|sts|organizations|ec2|` +
	`lambda|logs|cloudtrail|cloudfront|athena|glue|dynamodb|sqs|sns|secretsmanager|ssm|sso|config|events|firehose|` +
	`kinesis|rds|redshift|sagemaker|states|ecs|ecr|eks|elasticmapreduce|elasticloadbalancing|backup|batch|bedrock|` +
	`codebuild|` +
	`codepipeline|datasync|guardduty|lakeformation|macie2|quicksight|ram|route53|transfer|access-analyzer|` +
	`cloudformation|cloudwatch|monitoring|execute-api|elasticfilesystem|fsx|inspector2|securityhub|servicecatalog|` +
	`storagegateway|controltower|identitystore|tag|delivery|vpc-flow-logs|appsync|apigateway|signin|health`

// fieldNames are the names of fields that stay: those of records, of the parameters of
// calls, and of policy documents.
//
//go:embed fields.txt
var fieldNames string

var fields = setOf(fieldNames)

// grammar are the words of error messages, which do not name anything.
var grammar = setOf(`
	A ACL ACLs Access AccessDenied Action All Allow Amazon An Anonymous ARN Authorization BlockPublicAcls
	BlockPublicPolicy AWS Bucket Control Customer DENIED ACCESS Denied Deny Encoded Encryption Error Exception
	Forbidden KMS Object Please Policy Prefix READ READWRITE Request RequestId HostId S3 SSE Server Service Side
	Status StatusCode The This Unauthorized User VPC WRITE You Your IAM ID Id Region Extended Code Message a
	access action actions action's allow allowed allows an and anonymous any are as associated at authenticate
	authorization authorized based be because been being block blocked blocks boundaries boundary bucket buckets
	by calling can cannot ciphertext code contact control customer C denied denies deny different disabled do
	does doesn't due encryption endpoint error exist expired explicit explicitly failed failure for from grants
	has have identity implicit in is it its key keys list lists lock master message missing must no not object
	objects occurred of on operation or our own owner perform permission permissions please policies policy
	policyholder prevented principal protected provided public refers region request requested requests required
	reset resource response role s S service session sessions set setting specified specify status support tags
	that the there this through to transitively trust type up upload use user users version was we were when
	which with you your administrator account accounts bucket's central customer's default endpoints encrypted
	entity exists external federated given granted group header host id identifier invalid match method name non
	organization party provide provides type valid http https com api amazonaws services model AmazonS3Exception
	S3Exception software amazon awssdk ClientError Proxy null ServiceException HeadObject GetObject PutObject
	ListObjectsV2 HTTP
`)

// tools are the words of user agents that say which program called.
var tools = setOf(`
	APN AWS AWSCloudTrail AWSConsole AWSSupportConsole Apache Athena Boto Boto3 Botocore CPython CloudFormation
	CloudFront CloudTrail CloudWatch Chrome Config Console Coral Darwin EC2 EC2ConsoleFrontend EMR Edg Firefox
	Framework GOARCH GOOS Gecko GNU Glue HTTPClient HashiCorp HeadlessChrome Hadoop Internal Jakarta Java JVM
	KHTML Lambda Linux Mac Macintosh Mozilla NET NodeJS OPR OS OpenJDK OpenJDK_64 OpenTofu Oracle
	Oracle_Corporation Partner Presto Pulumi Python Rclone rclone Runtime S3 S3Console S3Manager Safari Seahorse
	Server Spark Spot Terraform Trino VM Vert Win64 Windows X agent amd64 amzn2 amzn2023 api app appId arch
	arm64 aws awsconfigservice awscrt awslambda b boto3 botocore cfg cli cloudtrail command compatible console
	crt c7n dotnet ec2 exe exec env go hadoop http https installer internal io java js ktlint kotlin lang like
	linux m macos md metadata mode n nodejs os php prompt provider pyimpl python retry ruby ruby2 rust rusoto s3
	s3fs s3api s3n sdk source standard legacy adaptive sync terraform tools ua ubuntu ui v2 v3 vendor windows
	worker x86 x86_64 x64 cp ls mv rm mb rb presign off on LTS Com Inc com org
`)

// enumerated are the fields whose values AWS defines.
var enumerated = setOf(`
	eventVersion EventVersion eventName EventName errorCode eventType eventCategory type Type apiVersion
	cipherSuite CipherSuite tlsVersion SignatureVersion AuthenticationMethod mfaAuthenticated aclRequired
	SSEApplied Effect Version Permission x-amz-acl x-amz-server-side-encryption list-type reason credentialType
	issuerType sessionCredentialFromConsole Status status readOnly ReadOnly managementEvent detail-type
	schemaVersion resourceType ResourceType encoding-type
`)

// times are the fields that hold times. They stay, because a report is about when.
var times = setOf(`
	eventTime EventTime creationDate CreationDate time timestamp Timestamp @timestamp requestTime deletionDate
	createDate expiration Expiration credentialsIssuedTo updateDate eventTimestamp StartTime endTime startTime
`)
