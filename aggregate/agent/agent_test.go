package agent

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// The user agents are of real trails, but for those of example scanners.
func TestShort(t *testing.T) {
	f := func(userAgent, want string) {
		t.Helper()
		if got := Short(userAgent); got != want {
			t.Errorf("Short(%q) = %q, want %q", userAgent, got, want)
		}
	}
	// AWS's tools and SDKs, of all ages
	f("[aws-cli/2.15.30 Python/3.11.8 Linux/6.5.0-1018-aws exe/x86_64.ubuntu.22 prompt/off]", "aws-cli/2.15.30")
	f("[aws-cli/2.35.15 md/awscrt#0.32.2 ua/2.1 os/macos#24.2.0 md/arch#arm64 lang/python#3.14.6 md/pyimpl#CPython m/n,b,E,Z,C cfg/retry-mode#standard md/installer#source md/prompt#off md/command#s3.ls]", "aws-cli/2.35.15")
	f("aws-cli/2.13.0", "aws-cli/2.13.0")
	f("[Boto3/1.34.144 md/Botocore#1.34.144 ua/2.0 os/linux#5.10.226-214.880.amzn2.x86_64 md/arch#x86_64 lang/python#3.11.9 md/pyimpl#CPython cfg/retry-mode#legacy Botocore/1.34.144]", "Boto3/1.34.144")
	f("Boto3/1.18.55 Python/3.9.8 Linux/4.14.246-198.474.amzn2.x86_64 exec-env/AWS_Lambda_python3.9 Botocore/1.21.55 AwsSolution/SO8025/v1.0.0", "Boto3/1.18.55")
	f("Boto/2.23.0 Python/2.7.6 Linux/2.6.32-431.el6.x86_64", "Boto/2.23.0")
	f("[aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22.5 md/GOOS#linux md/GOARCH#amd64 api/s3#1.58.2]", "aws-sdk-go-v2/1.30.3")
	f("aws-sdk-go/1.33.14 (go1.13.15; linux; amd64) amazon-vpc-cni-k8s", "aws-sdk-go/1.33.14")
	f("aws-sdk-nodejs/2.1691.0 linux/v20.15.0 exec-env/AWS_Lambda_nodejs20.x", "aws-sdk-nodejs/2.1691.0")
	f("[aws-sdk-js/3.614.0 ua/2.0 os/linux#5.10.219-229.866.amzn2.x86_64 lang/js md/nodejs#20.14.0 api/s3#3.614.0 exec-env/AWS_Lambda_nodejs20.x]", "aws-sdk-js/3.614.0")
	f("aws-sdk-java/2.25.60 Linux/6.1.102-111.182.amzn2023.x86_64 OpenJDK_64-Bit_Server_VM/17.0.12+7-LTS Java/17.0.12 vendor/Amazon.com_Inc. io/sync http/Apache cfg/retry-mode/legacy", "aws-sdk-java/2.25.60")
	f("aws-sdk-ruby2/2.0.0.rc4 ruby/1.9.3 x86_64-linux Seahorse/0.1.0", "aws-sdk-ruby2/2.0.0.rc4")
	f("aws-sdk-dotnet/1.4.11.0 .NET Runtime/4.0 .NET Framework/4.0 OS/6.1.7601.65536", "aws-sdk-dotnet/1.4.11.0")
	f("awslambda-worker/1.0 rusoto/0.47.0 rust/1.56.1 linux", "awslambda-worker/1.0")
	f("ec2-api-tools 1.6.12.2", "ec2-api-tools 1.6.12.2")
	f("aws-internal/3 aws-sdk-java/1.11.1030 Linux/5.4.116-64.217.amzn2int.x86_64 cfg/retry-mode/legacy", "aws-internal/3")

	// consoles and services
	f("[S3Console/0.4, aws-internal/3 aws-sdk-java/1.12.750 Linux/5.10.245-220.1011.amzn2int.x86_64 OpenJDK_64-Bit_Server_VM/25.412-b09 java/1.8.0_412 vendor/Oracle_Corporation cfg/retry-mode/standard]", "S3Console/0.4")
	f("[S3Console/0.4]", "S3Console/0.4")
	f("EC2 Spot Console, aws-internal/3 aws-sdk-java/1.11.1030 Linux/5.4.129-72.229.amzn2int.x86_64", "EC2 Spot Console")
	f("EC2ConsoleFrontend, aws-internal/3 aws-sdk-java/1.11.1030 Linux/5.4.122-66.218.amzn2int.x86_64", "EC2ConsoleFrontend")
	f("[AWSCloudTrail, aws-internal/3 aws-sdk-java/1.11.991 Linux/5.4.116-64.217.amzn2int.x86_64]", "AWSCloudTrail")
	f("AWS CloudWatch Console", "AWS CloudWatch Console")
	f("AWS Internal", "AWS Internal")
	f("delivery.logs.amazonaws.com", "delivery.logs.amazonaws.com")
	f("Coral/Jakarta", "Coral/Jakarta")

	// tools that call through an SDK
	f("[APN/1.0 HashiCorp/1.0 Terraform/1.9.5 (+https://www.terraform.io) terraform-provider-aws/5.65.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.30.4 os/linux lang/go#1.22.6]", "Terraform/1.9.5")
	f("aws-sdk-go/1.35.25 (go1.14.5; linux; amd64) APN/1.0 HashiCorp/1.0 Terraform/0.13.5 (+https://www.terraform.io)", "Terraform/0.13.5")
	f("APN/1.0 Pulumi/1.0 PulumiAWS/6.5 aws-sdk-go-v2/1.23", "Pulumi/1.0")
	f("APN/1.0 Example/2.0 ExampleBackup/7.1 aws-sdk-java/1.12", "ExampleBackup/7.1")
	f("CloudCustodian(net-change-encryption)/0.9.2 Python/3.8.3 Linux/4.14.165-102.205.amzn2.x86_64 exec-env/AWS_Lambda_python3.8 Botocore/1.15.49", "CloudCustodian/0.9.2")
	f("Hadoop 3.3.4, aws-sdk-java/1.12.262 Linux/5.10 OpenJDK_64-Bit_Server_VM/11", "Hadoop 3.3.4")
	f("MinIO (linux; amd64) minio-go/v7.0.66 mc/RELEASE.2024-01-11", "minio-go/v7.0.66")
	f("rclone/v1.66.0", "rclone/v1.66.0")
	f("Apache-HttpClient/UNAVAILABLE (Java/1.8.0_252)", "Apache-HttpClient/UNAVAILABLE")
	f("stratus-red-team_39f95f43-cd2f-4beb-b69e-be60b6fe1f57", "stratus-red-team_39f95f43-cd2f-4beb-b69e-be60b6fe1f57")
	f("[python-requests/2.31.0]", "python-requests/2.31.0")
	f("TruffleHog", "TruffleHog")

	// browsers and crawlers
	f("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/92.0.4515.107 Safari/537.36", "Chrome/92.0.4515.107")
	f("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36 Edg/129.0.0.0", "Edg/129.0.0.0")
	f("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:102.0) Gecko/20100101 Firefox/102.0", "Firefox/102.0")
	f("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15", "Safari/605.1.15")
	f("[Mozilla/5.0 (compatible; ExampleScanner/1.0; +https://scanner.example/)]", "ExampleScanner/1.0")
	f("Mozilla/5.0", "Mozilla/5.0")

	// what is none of these
	f("", "")
	f("[]", "")
	f("  [ x ] ", "x")
	f("Mozilla/5.0 (never closed Chrome/1", "Mozilla/5.0")
	f("() { :;}; <b>a/b</b>", "<b>a/b</b>")
	f(strings.Repeat("ä", 40), strings.Repeat("ä", 32)+"…")
}

func FuzzShort(f *testing.F) {
	f.Add("[S3Console/0.4, aws-internal/3]")
	f.Add("Mozilla/5.0 (compatible; x)")
	f.Add("APN/1.0 ((")
	f.Fuzz(func(t *testing.T, s string) {
		got := Short(s)
		if len(got) > maxShort+len("…") || utf8.ValidString(s) && !utf8.ValidString(got) {
			t.Errorf("Short(%q) = %q", s, got)
		}
	})
}
