package words

import (
	"trail403/ingest/event"
	"trail403/report/page"
)

// BucketSettings says what decides about a bucket beside its policy, as far as it was read.
func BucketSettings(b *event.BucketSettings) page.Text {
	var parts []page.Text
	if b.HasBlocks {
		parts = append(parts, "Block Public Access of the bucket has "+blocks(b.Blocked))
	}
	if b.HasAccountBlocks {
		parts = append(parts, "that of the account has "+blocks(b.BlockedByAccount))
	}
	switch b.Ownership {
	case "":
	case "BucketOwnerEnforced":
		parts = append(parts, "object ownership is "+page.Code(b.Ownership)+", so ACLs are off")
	default:
		parts = append(parts, "object ownership is "+page.Code(b.Ownership)+
			", so an object can belong to another account, which the bucket policy is not for")
	}
	if b.HasGrants && b.Ownership != "BucketOwnerEnforced" {
		grants := page.Text("grants nothing")
		if len(b.Grants) > 0 {
			grants = "grants " + Listed(codes(b.Grants))
		}
		parts = append(parts, "the ACL "+grants)
	}
	if len(parts) == 0 {
		return ""
	}
	return page.Name(b.Bucket) + ": " + page.Join(parts, "; ")
}

func blocks(on []string) page.Text {
	if len(on) == 0 {
		return "nothing on"
	}
	return Listed(codes(on)) + " on"
}

func codes(list []string) (out []page.Text) {
	for _, s := range list {
		out = append(out, page.Code(s))
	}
	return out
}
