package advice

import "strings"

// expand replaces the placeholders of a text: {who} by words, {BUCKET} by a word
// for a shell.
func (f *facts) expand(s string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, found := strings.Cut(rest, "}")
		if !found {
			panic("advice: a placeholder does not end: " + rest)
		}
		b.WriteString(f.value(name))
		s = after
	}
}

// value returns what stands for a placeholder. Names of lower case are prose,
// those of upper case are words of a command, and stay where no safe value is
// known.
func (f *facts) value(name string) string {
	switch name {
	case "who":
		return f.who()
	case "as who":
		if f.name() == "" {
			return ""
		}
		return " as " + f.who()
	case "it":
		if name := f.name(); name != "" {
			return "the " + f.kind()
		}
		return "the caller"
	case "action":
		return orElse(text(f.denied()), "the action")
	case "resource":
		return f.resource()
	case "bucket":
		return f.bucket()
	case "bucket policy":
		if f.Bucket == "" {
			return "the bucket policy"
		}
		return "the bucket policy of " + text(f.Bucket)
	case "account":
		if f.account() == "" {
			return "the caller's account"
		}
		return "account " + text(f.account())
	case "bucket account":
		if f.BucketAccount == "" {
			return "the bucket's account"
		}
		return "account " + text(f.BucketAccount)
	case "of bucket account":
		if f.BucketAccount == "" {
			return ""
		}
		return " (account " + text(f.BucketAccount) + ")"
	case "policy":
		return f.policy()
	case "policy account":
		return f.policyAccount()
	case "kind":
		return f.kind()
	case "Kind":
		return map[string]string{"role": "Role", "user": "User"}[f.kind()]
	case "groups":
		switch {
		case f.general:
			return " (for a user `list-attached-user-policies`, `list-user-policies` and the same of its groups)"
		case f.kind() == "user":
			return ", and for its groups `aws iam list-groups-for-user --user-name " + f.value("NAME") + "`"
		}
		return ""
	case "NAME":
		return orElse(word(f.name()), strings.ToUpper(f.kind())+"_NAME")
	case "USER_NAME":
		if f.PrincipalType == "user" {
			return orElse(word(f.name()), name)
		}
		return name
	case "PERMISSION_SET":
		return orElse(text(f.permissionSet()), "NAME")
	case "BUCKET":
		return orElse(word(f.Bucket), name)
	case "KEY":
		return orElse(word(f.key()), name)
	case "ACCOUNT_ID":
		return orElse(word(f.account()), name)
	case "BUCKET_ACCOUNT_ID":
		return orElse(word(f.BucketAccount), name)
	case "POLICY_ARN":
		return orElse(word(f.PolicyARN), name)
	case "POLICY_ID":
		return orElse(word(lastPart(f.PolicyARN)), name)
	case "ROLE_NAME": // the role that is the resource
		if f.isRoleARN() {
			return orElse(word(lastPart(f.Resource)), name)
		}
		return name
	case "ENDPOINT_ID":
		return orElse(word(f.VPCEndpoint), name)
	case "key region":
		if region := word(f.keyRegion()); region != "" {
			return " --region " + region
		}
		return ""
	case "KEY_ID": // of a KMS key
		return orElse(word(f.kmsKey()), name)
	}
	panic("advice: unknown placeholder {" + name + "}")
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
