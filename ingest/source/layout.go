package source

import (
	"path/filepath"
	"strings"
	"time"

	"trail403/ingest/pattern"
)

// CloudTrail's layout of a bucket:
//
//	[prefix/]AWSLogs/[o-ORG/]ACCOUNT/FOLDER/REGION/YYYY/MM/DD/ACCOUNT_CloudTrail_REGION_YYYYMMDDTHHmmZ_UNIQUE.json.gz
//
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html

const region = `[a-z]{2,5}(?:-[a-z]+){1,3}-\d`

var (
	fileName  = pattern.New(`^(\d{12})_CloudTrail[A-Za-z-]*_([a-z0-9-]+)_(\d{8}T\d{4})Z_`)
	dayFolder = pattern.New(`(?:^|/)` + region + `/(\d{4}/\d{2}/\d{2})$`)
	account   = pattern.New(`^\d{12}$`)
	// The folders of the records of a Region and of an account, and the folders from
	// AWSLogs down to the Regions.
	regionFolder  = pattern.New(`(?:^|/)(\d{12})/(CloudTrail|CloudTrail-NetworkActivity)/(` + region + `)/`)
	recordFolder  = pattern.New(`(?:^|/)(\d{12})/CloudTrail(?:-NetworkActivity)?$`)
	accountFolder = pattern.New(`(?:^|/)AWSLogs/(?:o-[a-z0-9]+/)?(\d{12})$`)
	upperFolder   = pattern.New(`(?:^|/)AWSLogs(?:/o-[a-z0-9]+)?(?:/\d{12}(?:/CloudTrail(?:-NetworkActivity)?)?)?$`)
	dayOfRegion   = pattern.New(`/\d{4}/\d{2}/\d{2}/$`)
)

// IsPruned says whether a folder holds no records: digests, insights and
// aggregated events of CloudTrail, and what other services deliver to the same
// bucket. CloudTrail-NetworkActivity does hold records.
func IsPruned(folder string) bool {
	parent, name := filepath.Split(strings.TrimSuffix(filepath.ToSlash(folder), "/"))
	switch name {
	case "CloudTrail-Digest", "CloudTrail-Insight", "CloudTrail-Aggregated":
		return true
	case "Config", "elasticloadbalancing", "vpcflowlogs", "WAFLogs", "GuardDuty":
		// These are common words. Below an account they mean the services.
		return account.MatchString(filepath.Base(parent))
	}
	return false
}

// PromisesTrail says whether an object's name promises compressed CloudTrail: it is
// the name of a trail file, or it ends in .json.gz. If such an object holds
// something else, it is damaged, and not merely another kind of file.
func PromisesTrail(name string) bool {
	name = filepath.ToSlash(name)
	file := name[strings.LastIndexByte(name, '/')+1:]
	return strings.HasSuffix(file, ".json.gz") || fileName.MatchString(file)
}

// maxPath is up to how many bytes a name is looked at. No name of CloudTrail's is
// longer, and those in hostile lists may have megabytes.
const maxPath = 8 << 10

// Delivered returns when CloudTrail delivered the object, if its name says so: in
// the minute or the day from begin to just before end, in UTC. Its records may be
// from any time before.
func Delivered(name string) (begin, end time.Time, ok bool) {
	if len(name) > maxPath {
		return time.Time{}, time.Time{}, false
	}
	name = filepath.ToSlash(name)
	dir, file := name[:max(strings.LastIndexByte(name, '/'), 0)], name[strings.LastIndexByte(name, '/')+1:]
	if m := fileName.FindStringSubmatch(file); m != nil {
		t, err := time.Parse("20060102T1504", m[3])
		return t, t.Add(time.Minute), err == nil
	}
	if m := dayFolder.FindStringSubmatch(dir); m != nil {
		t, err := time.Parse("2006/01/02", m[1])
		return t, t.Add(24 * time.Hour), err == nil
	}
	return time.Time{}, time.Time{}, false
}

// Whose returns the account and the Region in an object's path. Each is empty if
// the path does not show it.
func Whose(name string) (accountID, regionName string) {
	if len(name) > maxPath {
		return "", ""
	}
	name = filepath.ToSlash(name)
	if m := regionFolder.FindStringSubmatch(name); m != nil {
		return m[1], m[3]
	}
	if m := fileName.FindStringSubmatch(name[strings.LastIndexByte(name, '/')+1:]); m != nil {
		return m[1], m[2]
	}
	return "", ""
}
