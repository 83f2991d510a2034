package live

import (
	"context"
	"errors"
	"net/url"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// service says how a service is asked.
type service struct {
	id      string // by which the configuration names it
	version string // of a query API
	signed  string // the name in signatures
}

var services = map[string]service{
	"sts":           {"STS", "2011-06-15", "sts"},
	"iam":           {"IAM", "2010-05-08", "iam"},
	"ec2":           {"EC2", "2016-11-15", "ec2"},
	"kms":           {"KMS", "", "kms"},
	"organizations": {"Organizations", "", "organizations"},
	"s3":            {"S3", "", "s3"},
	"s3-control":    {"S3 Control", "", "s3"},
}

// partition says where the servers of a partition are. Services for the complete partition
// are in one Region.
// https://docs.aws.amazon.com/general/latest/gr/iam-service.html
// https://docs.aws.amazon.com/general/latest/gr/ao.html
type partition struct {
	suffix                      string
	region                      string // one that it has
	iam, iamRegion              string
	organizations, organization string // server and Region
}

var partitions = map[string]partition{
	"aws": {
		"amazonaws.com", "us-east-1", "iam.amazonaws.com", "us-east-1", "organizations.us-east-1.amazonaws.com", "us-east-1",
	},
	"aws-cn": {
		"amazonaws.com.cn", "cn-north-1", "iam.cn-north-1.amazonaws.com.cn", "cn-north-1",
		"organizations.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1",
	},
	"aws-us-gov": {
		"amazonaws.com", "us-gov-west-1", "iam.us-gov.amazonaws.com", "us-gov-west-1",
		"organizations.us-gov-west-1.amazonaws.com", "us-gov-west-1",
	},
	"aws-eusc": {
		"amazonaws.eu", "eusc-de-east-1", "iam.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1",
		"organizations.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1",
	},
}

var errPartition = errors.New("it is in a partition of AWS whose servers are not known")

// place is where a request goes.
type place struct {
	url    *url.URL
	region string // for the signature
}

// placeOf returns where a service answers for a Region. A server that the configuration
// names comes first.
func (c *client) placeOf(ctx context.Context, name, inPartition, region, account string) (place, error) {
	p, known := partitions[inPartition]
	if region == "" {
		region = p.region
	}
	host := services[name].signed + "." + region + "." + p.suffix
	switch name {
	case "iam":
		host, region = p.iam, p.iamRegion
	case "organizations":
		host, region = p.organizations, p.organization
	case "s3-control":
		host = account + ".s3-control." + region + "." + p.suffix
	}
	base := &url.URL{Scheme: "https", Host: host}
	if own := baseEndpoint(ctx, &c.config, services[name].id); own != "" {
		u, err := url.Parse(own)
		if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
			return place{}, errEndpoint
		}
		return place{&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}, region}, nil
	}
	if !known {
		return place{}, errPartition
	}
	return place{base, region}, nil
}

var errEndpoint = errors.New("the endpoint URL in the configuration does not have the form https://HOST[:PORT][/PATH]")

// baseEndpoint returns the server for a service that the environment or the shared
// configuration names, as the SDK reads them.
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
func baseEndpoint(ctx context.Context, cfg *aws.Config, id string) string {
	for _, source := range cfg.ConfigSources {
		if s, ok := source.(interface {
			GetIgnoreConfiguredEndpoints(context.Context) (bool, bool, error)
		}); ok {
			if ignored, found, err := s.GetIgnoreConfiguredEndpoints(ctx); err == nil && found && ignored {
				return ""
			}
		}
	}
	for _, source := range cfg.ConfigSources {
		if s, ok := source.(interface {
			GetServiceBaseEndpoint(context.Context, string) (string, bool, error)
		}); ok {
			if u, found, err := s.GetServiceBaseEndpoint(ctx, id); err == nil && found {
				return u
			}
		}
	}
	return aws.ToString(cfg.BaseEndpoint)
}
