// Package arn reads Amazon Resource Names.
package arn

import "strings"

// ARN is an Amazon Resource Name.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
type ARN struct {
	Partition, Service, Region, Account, Resource string
}

// Parse splits an ARN into its parts. ok says whether s is one.
func Parse(s string) (a ARN, ok bool) {
	s, ok = strings.CutPrefix(s, "arn:")
	for _, part := range []*string{&a.Partition, &a.Service, &a.Region, &a.Account} {
		if ok {
			*part, s, ok = strings.Cut(s, ":")
		}
	}
	if a.Resource = s; !ok || a.Partition == "" || a.Service == "" || s == "" {
		return ARN{}, false
	}
	return a, true
}

// Valid says whether s is an ARN.
func Valid(s string) bool {
	_, ok := Parse(s)
	return ok
}

// PartitionOf returns the partition of an ARN, "" of any other text.
func PartitionOf(s string) string {
	a, _ := Parse(s)
	return a.Partition
}

// IsAccount says whether s is an AWS account id: twelve digits.
func IsAccount(s string) bool {
	if len(s) != 12 {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// Last returns the last part of an ARN: a name or an id. Of any other text it returns
// what follows the last slash or colon.
func Last(s string) string { return s[strings.LastIndexAny(s, "/:")+1:] }
