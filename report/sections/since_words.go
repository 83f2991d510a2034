package sections

import (
	"trail403/report/compare"
	"trail403/report/page"
	"trail403/report/words"
)

// groupState says what became of a group since an earlier report.
func groupState(state compare.GroupState) page.Text {
	switch state {
	case compare.New:
		return page.Toned(page.Warning, page.Bold("new"))
	case compare.Louder:
		return page.Toned(page.Warning, "louder")
	case compare.NotRead:
		return "not read"
	}
	return page.Toned(page.Faint, page.Text(state))
}

// incidentState says what became of an incident since an earlier report.
func incidentState(state compare.IncidentState) page.Text {
	switch state {
	case compare.NotFound:
		return "No longer an incident"
	case compare.Unread:
		return "Not read"
	}
	return words.Capital(page.Text(state))
}

// mostUnlike is how many names of an aspect are shown.
const mostUnlike = 5

// unlike says in sentences where two reports did not look at the same, and what follows
// from that.
func unlike(u *compare.Unlike) page.Text {
	switch u.Aspect {
	case compare.Order:
		return "The earlier report is about a later time than the other one. The reports may be in the wrong order."
	case compare.Accounts:
		return onlyOne("account", "read no trail of", u) +
			"Denials that only such a trail would show are neither new nor gone."
	case compare.Regions:
		return onlyOne("Region", "read no trail of", u) +
			"Denials that only such a trail would show are neither new nor gone."
	case compare.Unnamed:
		return oneOrBoth(u, " does not show whose trails it is made of") +
			". A group can be gone because its trail was not read."
	case compare.Filters:
		return filtersOf("The earlier report", u.Earlier) + filtersOf("The later report", u.Later) +
			"A group can be new or gone because of that."
	case compare.Failed:
		return failedObjects("The earlier report", u.Earlier) + failedObjects("The later report", u.Later) +
			"Their denials are missing."
	case compare.DataEvents:
		return oneOrBoth(u, " saw no S3 data event") + ", so it cannot show denied requests for objects."
	case compare.Time:
		return "No report covers the time from " + page.Name(u.Earlier[0]) + " to " + page.Name(u.Later[0]) + "."
	}
	return ""
}

func oneOrBoth(u *compare.Unlike, what page.Text) page.Text {
	switch {
	case len(u.Earlier) > 0 && len(u.Later) > 0:
		return "Each report" + what
	case len(u.Earlier) > 0:
		return "The earlier report" + what
	}
	return "The later report" + what
}

// onlyOne names what only one of the reports read.
func onlyOne(noun, did page.Text, u *compare.Unlike) (t page.Text) {
	if len(u.Earlier) > 0 {
		t += "The later report " + did + " " + namedOrCounted(noun, u.Earlier) + ", and the earlier one did. "
	}
	if len(u.Later) > 0 {
		t += "The earlier report " + did + " " + namedOrCounted(noun, u.Later) + ", and the later one does. "
	}
	return t
}

// namedOrCounted names a few things: account 111122223333, or 2 accounts (…).
func namedOrCounted(noun page.Text, names []string) page.Text {
	if len(names) == 1 {
		return noun + " " + page.Name(names[0])
	}
	return words.Plural(len(names), noun) + " (" + fewNames(names) + ")"
}

func fewNames(names []string) page.Text {
	var list []page.Text
	for _, name := range names[:min(len(names), mostUnlike)] {
		list = append(list, page.Name(name))
	}
	if n := len(names) - len(list); n > 0 {
		list = append(list, words.Comma(n)+" more")
	}
	return words.Listed(list)
}

func filtersOf(report page.Text, rules []string) page.Text {
	if len(rules) == 0 {
		return ""
	}
	noun := page.Text("filters or rules")
	if len(rules) == 1 {
		noun = "the filter or rule"
	}
	return report + " alone uses " + noun + " " + fewNames(rules) + ". "
}

func failedObjects(report page.Text, count []string) page.Text {
	if len(count) == 0 {
		return ""
	}
	noun := page.Text(" objects. ")
	if count[0] == "1" {
		noun = " object. "
	}
	return report + " could not read " + page.Text(count[0]) + noun
}
