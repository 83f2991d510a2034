package main

import (
	"fmt"
	"strings"
)

// The organization: five accounts with workloads, and the one that manages it.
var accounts = []string{"111122223333", "222233334444", "333344445555", "444455556666", "555566667777"}

const (
	managementAccount = "999988887777"
	organizationID    = "o-exampleorgid"
	unitID            = "ou-ab12-cdefgh01"
)

// region returns the home Region of an account.
func region(account string) string {
	if account == "333344445555" {
		return "eu-central-1"
	}
	return "us-east-1"
}

// A principal is a role or a user.
type principal struct {
	kind    string // role or user
	account string
	name    string
}

// arn is how the report names the principal.
func (p *principal) arn() string { return "arn:aws:iam::" + p.account + ":" + p.kind + "/" + p.name }

// caller is how error messages name it.
func (p *principal) caller() string {
	if p.kind == "user" {
		return p.arn()
	}
	return "arn:aws:sts::" + p.account + ":assumed-role/" + p.name + "/session"
}

// A bucket and its owner.
type bucket struct{ name, account string }

func (b *bucket) arn() string { return "arn:aws:s3:::" + b.name }

// actions are the calls that are denied here, and the IAM action of each.
var actions = map[string]string{
	"GetObject":           "s3:GetObject",
	"PutObject":           "s3:PutObject",
	"DeleteObject":        "s3:DeleteObject",
	"ListObjects":         "s3:ListBucket",
	"PutObjectAcl":        "s3:PutObjectAcl",
	"GetObjectTagging":    "s3:GetObjectTagging",
	"ListBuckets":         "s3:ListAllMyBuckets",
	"GetBucketTagging":    "s3:GetBucketTagging",
	"GetBucketPolicy":     "s3:GetBucketPolicy",
	"GetBucketAcl":        "s3:GetBucketAcl",
	"GetBucketVersioning": "s3:GetBucketVersioning",
	"GetBucketLocation":   "s3:GetBucketLocation",
	"PutBucketPolicy":     "s3:PutBucketPolicy",
}

// objectCalls are what workloads do, and bucketCalls are what tools and people look at.
var (
	objectCalls = []string{"GetObject", "GetObject", "PutObject", "ListObjects", "DeleteObject"}
	bucketCalls = []string{"GetBucketTagging", "GetBucketPolicy", "GetBucketAcl", "GetBucketVersioning", "GetBucketLocation"}
)

// management says whether CloudTrail logs the call as a management event.
func management(call string) bool { return strings.Contains(call, "Bucket") && call != "ListObjects" }

var (
	subjects = []string{"orders", "billing", "search", "media", "fraud", "ledger", "catalog", "events", "metrics", "audit", "exports", "pricing",
		"reports", "ml", "web", "mobile", "partners", "support", "hr", "risk", "claims", "quotes", "stock", "shipping", "identity"}
	duties = []string{"reader", "writer", "loader", "api", "worker", "sync", "job", "lambda", "runner", "exporter", "etl", "indexer"}
	stores = []string{"lake", "archive", "raw", "curated", "exports", "assets", "backups", "staging", "inbox", "results"}
	people = []string{"anna", "bruno", "carla", "dana", "erik", "farah", "goran", "hanna", "ivo", "jana", "karim", "lena"}
)

// newRole makes a role with a name of its own.
func (w *world) newRole(account string) *principal {
	w.names++
	return &principal{"role", account, fmt.Sprintf("%s-%s-%d", pick(w.draw, subjects...), pick(w.draw, duties...), w.names)}
}

// newPerson makes a user with a name of its own.
func (w *world) newPerson(account string) *principal {
	w.names++
	return &principal{"user", account, fmt.Sprintf("%s.%d", pick(w.draw, people...), w.names)}
}

// newBucket makes a bucket with a name of its own.
func (w *world) newBucket(account string) *bucket {
	w.names++
	b := &bucket{fmt.Sprintf("%s-%s-%d", pick(w.draw, subjects...), pick(w.draw, stores...), w.names), account}
	w.buckets = append(w.buckets, b)
	return b
}
