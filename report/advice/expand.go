package advice

import (
	"strings"

	"trail403/ingest/arn"
)

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

// value returns the text for a placeholder. One in a command stays where no value
// is known that is safe to paste.
func (f *facts) value(name string) string {
	if name == "READ_POLICY" {
		return f.readPolicyOf()
	}
	if value, ok := prose[name]; ok {
		return value(f)
	}
	value, ok := commandWords[name]
	if !ok {
		panic("advice: unknown placeholder {" + name + "}")
	}
	return orElse(word(value(f)), name)
}

// nameWord returns the name of the role or user as a word of a command.
func (f *facts) nameWord() string {
	return orElse(word(f.name()), strings.ToUpper(f.kind())+"_NAME")
}

// prose has the placeholders within sentences, and the parts of commands that are
// our own words.
var prose = map[string]func(*facts) string{
	"who":     (*facts).who,
	"The who": func(f *facts) string { return upperFirst(f.who()) },
	"as who": func(f *facts) string {
		if f.name() == "" {
			return ""
		}
		return " as " + f.who()
	},
	"it": func(f *facts) string {
		if f.name() == "" {
			return "the caller"
		}
		return "the " + f.kind()
	},
	"action":        (*facts).action,
	"resource":      (*facts).resource,
	"bucket":        (*facts).bucket,
	"bucket policy": (*facts).bucketPolicy,
	"account": func(f *facts) string {
		return orElse(strings.TrimPrefix(ofAccount(f.account()), " of "), "the caller's account")
	},
	"bucket account": func(f *facts) string {
		return orElse(strings.TrimPrefix(ofAccount(f.BucketAccount), " of "), "the bucket's account")
	},
	"of bucket account": func(f *facts) string { return inBrackets(f.BucketAccount) },
	"policy":            (*facts).policy,
	"policy account":    (*facts).policyAccount,
	"PERMISSION_SET": func(f *facts) string {
		if f.permissionSet() == "" {
			return "NAME"
		}
		return code(f.permissionSet())
	},

	"thing": func(f *facts) string { return f.thing().words() },
	"or behind": func(f *facts) string {
		if !f.thing().behind {
			return ""
		}
		return " (or of the bucket behind it)"
	},
	"thing region": func(f *facts) string {
		if region := word(f.thing().region); region != "" {
			return " --region " + region
		}
		return ""
	},
	"REQUEST_ID": func(f *facts) string { return code(f.RequestID) },

	"kind": (*facts).kind,
	"Kind": func(f *facts) string { return strings.ToUpper(f.kind()[:1]) + f.kind()[1:] },
	"groups": func(f *facts) string {
		switch {
		case f.general:
			return ". For a user, use `list-attached-user-policies` and `list-user-policies`, and check the user's groups too."
		case f.kind() == "user":
			return ". Check the user's groups too: `aws iam list-groups-for-user --user-name " + f.nameWord() + "`"
		}
		return ""
	},
	"NAME": (*facts).nameWord,
	"key region": func(f *facts) string {
		if region := word(f.keyRegion()); region != "" {
			return " --region " + region
		}
		return ""
	},
}

// commandWords has the placeholders that are words of a command.
var commandWords = map[string]func(*facts) string{
	"USER_NAME": func(f *facts) string {
		if f.PrincipalType != "user" {
			return ""
		}
		return f.name()
	},
	"BUCKET":            (*facts).bucketBehind,
	"OWNER_ACCOUNT_ID":  func(f *facts) string { return f.thing().account },
	"POINT_NAME":        func(f *facts) string { return f.thing().name },
	"RESOURCE_ARN":      func(f *facts) string { return f.thing().arn },
	"KEY":               (*facts).key,
	"ACCOUNT_ID":        (*facts).account,
	"BUCKET_ACCOUNT_ID": func(f *facts) string { return f.BucketAccount },
	"POLICY_ARN":        (*facts).policyARN,
	"STATEMENT_POLICY":  func(f *facts) string { return arn.Last(f.Statement.Name) },
	"STATEMENT_ON":      func(f *facts) string { return f.Statement.On },
	"STATEMENT_REGION": func(f *facts) string {
		a, _ := arn.Parse(f.Statement.On)
		return a.Region
	},
	"POLICY_ID":   func(f *facts) string { return arn.Last(f.PolicyARN) },
	"ROLE_NAME":   (*facts).assumedRole,
	"ENDPOINT_ID": func(f *facts) string { return f.VPCEndpoint },
	"KEY_ID":      (*facts).kmsKey, // of a KMS key
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// readPolicyOf returns the commands that read the policy on the side of the bucket.
func (f *facts) readPolicyOf() string {
	t := f.thing()
	if t.kind == "" {
		return f.expand(readOrdinary)
	}
	text := f.expand(t.read)
	if t.behind {
		text += " and, for the bucket behind it, " + f.expand(readOrdinary)
	}
	return text
}
