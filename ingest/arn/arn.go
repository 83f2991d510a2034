// Package arn reads Amazon Resource Names.
package arn

import "strings"

// ARN is an Amazon Resource Name.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
type ARN struct {
	Partition, Service, Region, Account, Resource string
}

// Parse splits an ARN into its parts; ok says whether s is one.
func Parse(s string) (a ARN, ok bool) {
	parts := strings.SplitN(s, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || parts[1] == "" || parts[2] == "" || parts[5] == "" {
		return ARN{}, false
	}
	return ARN{parts[1], parts[2], parts[3], parts[4], parts[5]}, true
}

// Valid says whether s is an ARN.
func Valid(s string) bool {
	_, ok := Parse(s)
	return ok
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
