package words

import (
	"strconv"
	"strings"

	"trail403/aggregate"
	"trail403/ingest/arn"
	"trail403/ingest/change"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
	"trail403/report/page"
)

const (
	// maxDifferences is how many differences of a document are shown, and
	// maxStatement how many characters of each statement.
	maxDifferences = 6
	maxStatement   = 300
)

// Revision says what a change did to a policy document: a sentence, and then one for
// each statement that differs.
func Revision(rv *aggregate.Revision, w aggregate.Window) (t page.Text, differences []page.Text) {
	title := documentTitle(rv)
	switch {
	case !rv.Before.Known() && rv.Before.Since.IsZero() && rv.Before.File == "":
		return "The earlier version of the " + title +
			" is not in the records that were read, so what this change did to it is not known", nil
	case !rv.Before.Known():
		from := page.Text(strings.TrimPrefix(string(origin(&rv.Before, w)), "that was "))
		return "The earlier version of the " + title + ", " + from +
			", " + unreadable(&rv.Before) + ", so what this change did to it is not known", nil
	case !rv.Known:
		return "The new version of the " + title + " " + unreadable(&rv.After) +
			", so what this change did to it is not known", nil
	case rv.Before.Gone && rv.After.Gone:
		return "The records show that there was no " + title + " before this change, and there is none after it", nil
	case len(rv.Differences) == 0:
		return "The " + title + " says the same as the one " + origin(&rv.Before, w), nil
	case rv.Before.Gone:
		t = "The records show that there was no " + title + " before this change:"
	case rv.After.Gone:
		t = "This change removed the " + title + ". The version " + origin(&rv.Before, w) +
			" had this content:"
	default:
		t = "Compared with the version " + origin(&rv.Before, w) + ", the " + title +
			" has " + Plural(len(rv.Differences)+rv.More, "difference") + ":"
	}
	shown := rv.Differences[:min(len(rv.Differences), maxDifferences)]
	for i := range shown {
		differences = append(differences, difference(&shown[i]))
	}
	if more := len(rv.Differences) - len(shown) + rv.More; more > 0 {
		differences = append(differences, Capital(Plural(more, "more difference"))+" "+areNotShown(more))
	}
	return t, differences
}

func areNotShown(n int) page.Text {
	if n == 1 {
		return "is not shown"
	}
	return "are not shown"
}

// origin says where a document comes from, after "the version".
func origin(h *aggregate.Held, w aggregate.Window) page.Text {
	if h.File == event.FromAWS {
		return "that AWS had on " + Second(h.Read, w) + " UTC"
	}
	if h.File != "" {
		return "in the file " + page.CodeUpTo(h.File, maxStatement) + " (as of " + Second(h.Read, w) + " UTC)"
	}
	return "that was set on " + Second(h.Since, w) + " UTC"
}

// unreadable says why a document cannot be compared.
func unreadable(h *aggregate.Held) page.Text {
	if h.Problem != nil {
		return "cannot be read (" + page.CodeUpTo(h.Problem.Error(), maxStatement) + ")"
	}
	return "is missing in the record of the call that set it, or too large"
}

// documentTitle names a document by what it is attached to.
func documentTitle(rv *aggregate.Revision) page.Text {
	of := targetWords(rv.Of)
	switch {
	case rv.Name == event.BlockPublicAccess:
		return "Block Public Access configuration of " + of
	case rv.Of.Type == change.Bucket:
		return "bucket policy of " + page.Name(rv.Of.Name)
	case rv.Of.Type == change.Key:
		return "key policy of " + page.Name(arn.Last(rv.Of.Name))
	case rv.Of.Type == change.Endpoint:
		return "policy of VPC endpoint " + page.Name(rv.Of.Name)
	case rv.Of.Type == change.Policy, rv.Of.Type == change.OrganizationPolicy:
		return of
	case rv.Name != "":
		return "inline policy " + page.Name(rv.Name) + " of " + of
	}
	return "policy of " + of
}

// difference says what became of one statement.
func difference(d *policydoc.Difference) page.Text {
	what := page.Text("The document")
	if d.Statement > 0 {
		what = "Statement " + page.Text(strconv.Itoa(d.Statement))
		if d.Sid != "" {
			what += " (" + page.Name(d.Sid) + ")"
		}
	}
	before, after := page.CodeUpTo(d.Before, maxStatement), page.CodeUpTo(d.After, maxStatement)
	switch {
	case d.Op == policydoc.Added:
		return what + " was added: " + after
	case d.Op == policydoc.Removed:
		return what + " was removed: " + before
	case d.Before == "":
		return what + " was changed: " + after + " was added"
	case d.After == "":
		return what + " was changed: " + before + " was removed"
	}
	return what + " was changed: " + before + " became " + after
}
