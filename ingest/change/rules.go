package change

import (
	"strings"

	"trail403/ingest/event"
	"trail403/ingest/field"
)

// rules find what a call touched, by the names in calls.tsv.
var rules = map[string]func(*finder){
	"bucket":                    (*finder).bucket,
	"tagged-bucket":             (*finder).taggedBucket,
	"bucket-or-account":         (*finder).bucketOrAccount,
	"encryption-key":            (*finder).encryptionKey,
	"access-point":              (*finder).accessPoint,
	"multi-region-access-point": (*finder).multiRegionAccessPoint,
	"grant-bucket":              (*finder).grantBucket,
	"grantee":                   (*finder).grantee,
	"role":                      func(f *finder) { f.iam(Role, "roleName", "role") },
	"user":                      func(f *finder) { f.iam(User, "userName", "user") },
	"new-user":                  func(f *finder) { f.iam(User, "newUserName", "") },
	"group":                     func(f *finder) { f.iam(Group, "groupName", "group") },
	"instance-profile":          func(f *finder) { f.iam(InstanceProfile, "instanceProfileName", "") },
	"policy":                    (*finder).policy,
	"boundary":                  (*finder).boundary,
	"organization-policy":       (*finder).organizationPolicy,
	"attached-to":               func(f *finder) { f.node(get(f.request, "targetId")) },
	"parents": func(f *finder) {
		f.node(get(f.request, "sourceParentId"))
		f.node(get(f.request, "destinationParentId"))
	},
	"root":                func(f *finder) { f.node(get(f.request, "rootId")) },
	"organization":        (*finder).organization,
	"account":             (*finder).accountOfCall,
	"endpoint":            (*finder).endpoint,
	"key":                 (*finder).key,
	"alias":               func(f *finder) { f.keyNamed(get(f.request, "aliasName")) },
	"permission-set":      (*finder).permissionSet,
	"permission-set-name": func(f *finder) { f.add(PermissionSetName, f.asked("name")) },
	"assigned-account":    func(f *finder) { f.node(get(f.request, "targetId")) },
	"assignee":            (*finder).assignee,
	"identity-group":      func(f *finder) { f.add(IdentityGroup, f.asked("groupId")) },
	"identity-user":       (*finder).identityUser,
	"lake-principal":      (*finder).lakePrincipal,
}

// touched returns what the call touched by the rules that are named. ok is false
// where the record shows that it altered no access after all.
func touched(r *field.Record, c *event.Change, touches []string) (targets []event.Target, ok bool) {
	f := newFinder(r, c)
	if serviceOf(c.Source) == "organizations" && strings.Contains(c.Name, "Policy") && !f.isAccessPolicy() {
		return nil, false
	}
	for _, rule := range touches {
		rules[rule](f)
	}
	return f.succeeded()
}
