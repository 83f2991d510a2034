package main

import "time"

// The organization and its accounts. The last account belongs to somebody else.
const (
	organization      = "o-exampleorgid"
	managementAccount = "123456789012"
	appAccount        = "111122223333"
	dataAccount       = "444455556666"
	lakeAccount       = "777788889999"
	strangerAccount   = "999999999999"

	east = "us-east-1"
	west = "eu-west-1"

	appEndpoint  = "vpce-0a1b2c3d4e5f60718"
	dataEndpoint = "vpce-0f9e8d7c6b5a43210"
)

// endpointOwners says who owns the VPC endpoints.
var endpointOwners = map[string]string{appEndpoint: appAccount, dataEndpoint: dataAccount}

// The window is October 2026, a month that starts on a Thursday and ends on a Saturday.
var (
	windowStart = time.Date(2026, time.October, 1, 0, 0, 0, 0, time.UTC)
	windowEnd   = time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)
)

// on is a moment of October: day, hour, minute, second.
func on(day, hour, minute, second int) time.Time {
	return time.Date(2026, time.October, day, hour, minute, second, 0, time.UTC)
}

// A bucket of the archive.
type bucket struct{ name, owner, region string }

func (b bucket) arn() string { return "arn:aws:s3:::" + b.name }

var (
	corpData       = bucket{"corp-data", dataAccount, east}
	corpArchive    = bucket{"corp-archive", dataAccount, east}
	financeExports = bucket{"finance-exports", dataAccount, east}
	auditVault     = bucket{"audit-vault", dataAccount, east}
	flowLogs       = bucket{"vpc-flow-logs-central", dataAccount, east}
	coldArchive    = bucket{"cold-archive", dataAccount, west}
	backupVault    = bucket{"backup-vault", dataAccount, west}

	mediaOriginals  = bucket{"media-originals", appAccount, east}
	mediaThumbs     = bucket{"media-thumbs", appAccount, east}
	buildArtifacts  = bucket{"build-artifacts", appAccount, east}
	tfState         = bucket{"tf-state-prod", appAccount, east}
	webAssets       = bucket{"web-assets-public", appAccount, east}
	hrRecords       = bucket{"hr-records", appAccount, east}
	customerUploads = bucket{"customer-uploads", appAccount, west}
	legacyDropbox   = bucket{"legacy-dropbox", appAccount, west}

	analyticsLake = bucket{"analytics-lake", lakeAccount, east}
	etlStaging    = bucket{"etl-staging", lakeAccount, west}
	etlCurated    = bucket{"etl-curated", lakeAccount, west}
	reportsEU     = bucket{"reports-eu", lakeAccount, west}
	modelScratch  = bucket{"model-scratch--use1-az4--x-s3", lakeAccount, east}

	trailBucket = bucket{"org-cloudtrail-logs", managementAccount, east}
	billing     = bucket{"billing-cur", managementAccount, east}
	partnerFeed = bucket{"partner-feed-exchange", strangerAccount, east}
)

// Where requests come from: addresses for documentation, private addresses, and user
// agents of real tools.
var (
	cli       = client{ip: "192.0.2.44", agent: "aws-cli/2.15.30 Python/3.11.8 Linux/6.5.0-1018-aws exe/x86_64.ubuntu.22 prompt/off"}
	cliV2     = client{ip: "192.0.2.61", agent: "aws-cli/2.36.17 md/awscrt#0.36.0 ua/2.1 os/macos#25.1.0 md/arch#arm64 lang/python#3.13.7 md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/prompt#off"}
	console   = client{ip: "198.51.100.23", agent: "S3Console/0.4, aws-internal/3 aws-sdk-java/1.12.750 Linux/5.10.245-220.1011.amzn2int.x86_64 OpenJDK_64-Bit_Server_VM/25.412-b09 java/1.8.0_412 vendor/Oracle_Corporation cfg/retry-mode/standard"}
	boto      = client{ip: "10.20.31.7", agent: "Boto3/1.34.144 md/Botocore#1.34.144 ua/2.0 os/linux#5.10.226-214.880.amzn2.x86_64 md/arch#x86_64 lang/python#3.11.9 md/pyimpl#CPython cfg/retry-mode#legacy Botocore/1.34.144"}
	botoVPC   = client{ip: "10.20.14.201", agent: boto.agent, endpoint: appEndpoint}
	javaSDK   = client{ip: "10.40.2.118", agent: "aws-sdk-java/2.25.60 Linux/6.1.102-111.182.amzn2023.x86_64 OpenJDK_64-Bit_Server_VM/17.0.12+7-LTS Java/17.0.12 vendor/Amazon.com_Inc. io/sync http/Apache cfg/retry-mode/legacy"}
	javaVPC   = client{ip: "10.40.7.33", agent: javaSDK.agent, endpoint: dataEndpoint}
	goSDK     = client{ip: "10.20.8.92", agent: "aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22.5 md/GOOS#linux md/GOARCH#amd64 api/s3#1.58.2"}
	nodeSDK   = client{ip: "10.20.55.14", agent: "aws-sdk-js/3.614.0 ua/2.0 os/linux#5.10.219-229.866.amzn2.x86_64 lang/js md/nodejs#20.14.0 api/s3#3.614.0 exec-env/AWS_Lambda_nodejs20.x"}
	terraform = client{ip: "203.0.113.19", agent: "APN/1.0 HashiCorp/1.0 Terraform/1.9.5 (+https://www.terraform.io) terraform-provider-aws/5.65.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.30.4 os/linux lang/go#1.22.6 md/GOOS#linux md/GOARCH#amd64 api/s3#1.60.1"}
	actions   = client{ip: "203.0.113.142", agent: "aws-cli/2.17.20 md/awscrt#0.20.11 ua/2.0 os/linux#6.8.0-1012-azure md/arch#x86_64 lang/python#3.11.9 md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/prompt#off"}
)

// Callers that several stories need.
var (
	reader     = ec2(role(appAccount, "app/reader", "i-0965cc1047f1bed0c", botoVPC))
	deployer   = github(role(appAccount, "ci/deployer", "GitHubActions", actions))
	webAPI     = role(appAccount, "ecs/web-api", "3f8c1d2e4b5a69788796a5b4c3d2e1f0", goSDK, botoVPC)
	ingest     = role(appAccount, "app/ingest", "botocore-session-1791158400", boto)
	thumbs     = role(appAccount, "service-role/thumbnailer", "thumbnailer-prod", nodeSDK)
	settlement = role(appAccount, "app/settlement", "settlement-batch", javaSDK)
	uploader   = user(appAccount, "machines/svc-uploader", boto)
	replicator = user(appAccount, "machines/svc-replicator", cli)

	dashboard   = role(dataAccount, "reporting/dashboard", "dashboard-api", javaVPC)
	ledger      = role(dataAccount, "finance/ledger", "ledger-worker", javaSDK)
	snapshotter = role(dataAccount, "backup/snapshotter", "snapshotter-nightly", goSDK)
	analyst     = sso(dataAccount, "DataAnalyst", "5d1e7c90ab34f268", "sam.okafor@example.com", cliV2, console)

	crawler   = role(lakeAccount, "data/glue-crawler", "AWS-Crawler", javaSDK)
	spark     = role(lakeAccount, "data/spark-job", "i-0bfc4291dd0acd279", javaSDK)
	etlLoader = role(lakeAccount, "data/etl-loader", "etl-loader-run", boto)
	scientist = sso(lakeAccount, "DataScientist", "9f8e7d6c5b4a3210", "maria.lopez@example.com", cliV2, console)

	appAdmin        = sso(appAccount, "AdministratorAccess", "1a2b3c4d5e6f7081", "dana.whitfield@example.com", console)
	dataAdmin       = sso(dataAccount, "AdministratorAccess", "0123456789abcdef", "dana.whitfield@example.com", console)
	lakeAdmin       = sso(lakeAccount, "AdministratorAccess", "fedcba9876543210", "li.chen@example.com", cliV2)
	managementAdmin = sso(managementAccount, "OrganizationAdmin", "77aa88bb99cc00dd", "priya.nair@example.com", cliV2)

	cloudTrail  = service("cloudtrail.amazonaws.com")
	logDelivery = service("delivery.logs.amazonaws.com")
)

// sso makes a role of IAM Identity Center with a person's session.
func sso(account, permissionSet, suffix, person string, clients ...client) identity {
	return role(account, "aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_"+permissionSet+"_"+suffix, person, clients...)
}

func ec2(id identity) identity { id.instance = true; return id }

func github(id identity) identity {
	id.provider = "arn:aws:iam::" + id.account + ":oidc-provider/token.actions.githubusercontent.com"
	return id
}
