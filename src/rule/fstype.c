/* SPDX-License-Identifier: Apache-2.0
 *
 * Each list is that of the kernel's parser, tried on Linux 6.18 with fsconfig(2); names
 * that older kernels take are kept where 6.18 dropped them.
 */
#include "fstype.h"

#define NAME(name) name, sizeof name - 1
#define FLAG(name)                                                                       \
    {                                                                                    \
        NAME(name), VALUE_NONE, false, NULL                                              \
    }
#define FLAG_NO(name)                                                                    \
    {                                                                                    \
        NAME(name), VALUE_NONE, true, NULL                                               \
    }
#define SWITCH_NO(name)                                                                  \
    {                                                                                    \
        NAME(name), VALUE_SWITCH, true, NULL                                             \
    }
#define VALUE(name, kind)                                                                \
    {                                                                                    \
        NAME(name), VALUE_##kind, false, NULL                                            \
    }
#define WORDS(name, words)                                                               \
    {                                                                                    \
        NAME(name), VALUE_WORD, false, words                                             \
    }

/* mm/shmem.c shmem_fs_parameters; quotas and casefold need kernels built with them. */
static const struct fstype_option tmpfs[] = {
    VALUE("size", SHARE),
    VALUE("mode", OCTAL),
    VALUE("uid", UID),
    VALUE("gid", GID),
    VALUE("nr_inodes", LIMIT),
    VALUE("nr_blocks", LIMIT),
    WORDS("huge", "never always within_size advise"),
    VALUE("mpol", TEXT),
    FLAG("inode32"),
    FLAG("inode64"),
    FLAG("noswap"),
    FLAG("quota"),
    FLAG("usrquota"),
    FLAG("grpquota"),
    VALUE("usrquota_block_hardlimit", BYTES),
    VALUE("usrquota_inode_hardlimit", BYTES),
    VALUE("grpquota_block_hardlimit", BYTES),
    VALUE("grpquota_inode_hardlimit", BYTES),
    VALUE("casefold", OPEN),
    FLAG("strict_encoding"),
};

/* fs/devpts/inode.c */
static const struct fstype_option devpts[] = {
    FLAG("newinstance"), VALUE("ptmxmode", OCTAL), VALUE("mode", OCTAL),
    VALUE("gid", GID),   VALUE("uid", UID),        VALUE("max", NUMBER),
};

/* fs/proc/root.c proc_fs_parameters */
static const struct fstype_option proc[] = {
    WORDS("hidepid", "0 1 2 4 off noaccess invisible ptraceable"),
    VALUE("gid", GID),
    WORDS("subset", "pid"),
    VALUE("pidns", TEXT),
};

/* kernel/cgroup/cgroup.c cgroup2_fs_parameters */
static const struct fstype_option cgroup2[] = {
    FLAG("nsdelegate"),
    FLAG("favordynmods"),
    FLAG("memory_localevents"),
    FLAG("memory_recursiveprot"),
    FLAG("memory_hugetlb_accounting"),
    FLAG("pids_localevents"),
};

/* kernel/cgroup/cgroup-v1.c cgroup1_fs_parameters; the names of controllers as well. */
static const struct fstype_option cgroup[] = {
    FLAG("all"),
    FLAG("none"),
    FLAG("clone_children"),
    FLAG("cpuset_v2_mode"),
    FLAG_NO("favordynmods"),
    FLAG("noprefix"),
    FLAG("xattr"),
    VALUE("name", TEXT),
    VALUE("release_agent", TEXT),
    FLAG("blkio"),
    FLAG("cpu"),
    FLAG("cpuacct"),
    FLAG("cpuset"),
    FLAG("devices"),
    FLAG("freezer"),
    FLAG("hugetlb"),
    FLAG("memory"),
    FLAG("misc"),
    FLAG("net_cls"),
    FLAG("net_prio"),
    FLAG("perf_event"),
    FLAG("pids"),
    FLAG("rdma"),
    FLAG("nsdelegate"), /* runtimes mount cgroup2 where the host has it */
    FLAG("memory_recursiveprot"),
};

/* fs/overlayfs/params.c ovl_parameter_spec */
static const struct fstype_option overlay[] = {
    VALUE("lowerdir", PATH),
    VALUE("upperdir", PATH),
    VALUE("workdir", PATH),
    VALUE("lowerdir+", PATH),
    VALUE("datadir+", PATH),
    FLAG("default_permissions"),
    WORDS("redirect_dir", "on off follow nofollow"),
    WORDS("index", "on off"),
    WORDS("uuid", "on off null auto"),
    WORDS("nfs_export", "on off"),
    WORDS("xino", "on off auto"),
    WORDS("metacopy", "on off"),
    WORDS("verity", "on off require"),
    WORDS("fsync", "auto volatile strict"),
    FLAG("userxattr"),
    FLAG("volatile"),
    FLAG_NO("override_creds"),
};

/* fs/hugetlbfs/inode.c */
static const struct fstype_option hugetlbfs[] = {
    VALUE("size", SHARE),     VALUE("min_size", SHARE), VALUE("nr_inodes", LIMIT),
    VALUE("mode", OCTAL),     VALUE("uid", UID),        VALUE("gid", GID),
    VALUE("pagesize", BYTES),
};

/* fs/debugfs/inode.c, fs/tracefs/inode.c */
static const struct fstype_option debugfs[] = {
    VALUE("uid", UID),
    VALUE("gid", GID),
    VALUE("mode", OCTAL),
};

/* kernel/bpf/inode.c bpf_fs_parameters */
static const struct fstype_option bpf[] = {
    VALUE("uid", UID),
    VALUE("gid", GID),
    VALUE("mode", OCTAL),
    VALUE("delegate_cmds", TEXT),
    VALUE("delegate_maps", TEXT),
    VALUE("delegate_progs", TEXT),
    VALUE("delegate_attachs", TEXT),
};

/* fs/ramfs/inode.c */
static const struct fstype_option ramfs[] = {
    VALUE("mode", OCTAL),
};

/* fs/fuse/inode.c fuse_fs_parameters; what sshfs and the like take themselves never
 * reaches the kernel. */
static const struct fstype_option fuse[] = {
    VALUE("fd", NUMBER),       VALUE("rootmode", OCTAL),    VALUE("user_id", UID),
    VALUE("group_id", GID),    FLAG("default_permissions"), FLAG("allow_other"),
    VALUE("max_read", NUMBER), VALUE("blksize", NUMBER),    VALUE("subtype", TEXT),
};

/* fs/ext4/super.c ext4_param_specs, for ext2 and ext3 as well. */
static const struct fstype_option ext[] = {
    FLAG("bsddf"),
    FLAG("minixdf"),
    FLAG("grpid"),
    FLAG("nogrpid"),
    FLAG("bsdgroups"),
    FLAG("sysvgroups"),
    VALUE("resuid", UID),
    VALUE("resgid", GID),
    VALUE("sb", NUMBER),
    WORDS("errors", "continue remount-ro panic"),
    FLAG("nouid32"),
    FLAG("debug"),
    FLAG("oldalloc"),
    FLAG("orlov"),
    FLAG_NO("user_xattr"),
    FLAG_NO("acl"),
    FLAG("bh"),
    FLAG("nobh"),
    VALUE("commit", NUMBER),
    VALUE("max_batch_time", NUMBER),
    VALUE("min_batch_time", NUMBER),
    VALUE("journal_dev", NUMBER),
    VALUE("journal_path", TEXT),
    FLAG_NO("journal_checksum"),
    FLAG("journal_async_commit"),
    FLAG("abort"),
    WORDS("data", "journal ordered writeback"),
    WORDS("data_err", "abort ignore"),
    VALUE("usrjquota", TEXT),
    VALUE("grpjquota", TEXT),
    WORDS("jqfmt", "vfsold vfsv0 vfsv1"),
    FLAG_NO("quota"),
    FLAG("usrquota"),
    FLAG("grpquota"),
    FLAG("prjquota"),
    SWITCH_NO("barrier"),
    FLAG("i_version"),
    VALUE("dax", SWITCH),
    VALUE("stripe", NUMBER),
    FLAG_NO("delalloc"),
    FLAG_NO("warn_on_error"),
    VALUE("debug_want_extra_isize", NUMBER),
    FLAG_NO("mblk_io_submit"),
    FLAG_NO("block_validity"),
    VALUE("inode_readahead_blks", NUMBER),
    VALUE("journal_ioprio", NUMBER),
    SWITCH_NO("auto_da_alloc"),
    FLAG("dioread_lock"),
    FLAG_NO("dioread_nolock"),
    FLAG_NO("discard"),
    SWITCH_NO("init_itable"),
    VALUE("max_dir_size_kb", NUMBER),
    VALUE("test_dummy_encryption", SWITCH),
    FLAG("inlinecrypt"),
    FLAG("no_mbcache"),
    FLAG("nombcache"),
    FLAG("prefetch_block_bitmaps"),
    FLAG("no_prefetch_block_bitmaps"),
    VALUE("mb_optimize_scan", NUMBER),
    FLAG("noload"),
    FLAG("norecovery"),
    FLAG_NO("check"),
    FLAG_NO("reservation"),
};

/* fs/xfs/xfs_super.c xfs_fs_parameters */
static const struct fstype_option xfs[] = {
    VALUE("logbufs", NUMBER),
    VALUE("logbsize", BYTES),
    VALUE("logdev", TEXT),
    VALUE("rtdev", TEXT),
    FLAG("wsync"),
    FLAG("noalign"),
    FLAG("swalloc"),
    VALUE("sunit", NUMBER),
    VALUE("swidth", NUMBER),
    FLAG("nouuid"),
    FLAG_NO("grpid"),
    FLAG("bsdgroups"),
    FLAG("sysvgroups"),
    VALUE("allocsize", BYTES),
    FLAG("norecovery"),
    FLAG("inode32"),
    FLAG("inode64"),
    FLAG_NO("ikeep"),
    FLAG_NO("largeio"),
    FLAG_NO("attr2"),
    FLAG("filestreams"),
    FLAG_NO("quota"),
    FLAG("usrquota"),
    FLAG("grpquota"),
    FLAG("prjquota"),
    FLAG("uquota"),
    FLAG("gquota"),
    FLAG("pquota"),
    FLAG("uqnoenforce"),
    FLAG("gqnoenforce"),
    FLAG("pqnoenforce"),
    FLAG("qnoenforce"),
    FLAG_NO("discard"),
    VALUE("dax", SWITCH),
    VALUE("max_open_zones", NUMBER),
    VALUE("max_atomic_write", BYTES),
    FLAG_NO("lifetime"),
    FLAG_NO("barrier"), /* up to Linux 4.18 */
};

/* fs/btrfs/super.c btrfs_fs_parameters */
static const struct fstype_option btrfs[] = {
    FLAG_NO("acl"),
    FLAG_NO("autodefrag"),
    FLAG_NO("barrier"),
    FLAG("clear_cache"),
    VALUE("commit", NUMBER),
    VALUE("compress", SWITCH),
    VALUE("compress-force", SWITCH),
    FLAG_NO("datacow"),
    FLAG_NO("datasum"),
    FLAG("degraded"),
    VALUE("device", TEXT),
    SWITCH_NO("discard"),
    WORDS("fatal_errors", "bug panic"),
    FLAG_NO("flushoncommit"),
    FLAG_NO("inode_cache"),
    VALUE("max_inline", BYTES),
    VALUE("metadata_ratio", NUMBER),
    FLAG("norecovery"),
    FLAG("nologreplay"),
    FLAG("rescan_uuid_tree"),
    SWITCH_NO("space_cache"),
    FLAG_NO("ssd"),
    FLAG_NO("ssd_spread"),
    VALUE("subvol", TEXT),
    VALUE("subvolid", TEXT),
    VALUE("thread_pool", NUMBER),
    FLAG_NO("treelog"),
    FLAG("user_subvol_rm_allowed"),
    FLAG("usebackuproot"),
    FLAG_NO("enospc_debug"),
    VALUE("rescue", TEXT),
    FLAG("skip_balance"),
};

/* fs/squashfs/super.c */
static const struct fstype_option squashfs[] = {
    WORDS("errors", "continue panic"),
    VALUE("threads", TEXT),
};

/* fs/erofs/super.c erofs_fs_parameters */
static const struct fstype_option erofs[] = {
    FLAG_NO("user_xattr"),
    FLAG_NO("acl"),
    WORDS("cache_strategy", "disabled readahead readaround"),
    VALUE("dax", SWITCH),
    VALUE("device", TEXT),
    VALUE("fsid", TEXT),
    VALUE("domain_id", TEXT),
    FLAG("directio"),
    VALUE("fsoffset", NUMBER),
};

/* fs/nfs/fs_context.c, what it needs at the least; mount.nfs(8) adds the rest. */
static const struct fstype_option nfs[] = {
    VALUE("addr", TEXT),
    VALUE("vers", TEXT),
    VALUE("nfsvers", TEXT),
    VALUE("proto", TEXT),
    VALUE("port", NUMBER),
    VALUE("rsize", NUMBER),
    VALUE("wsize", NUMBER),
    VALUE("timeo", NUMBER),
    VALUE("retrans", NUMBER),
    FLAG("hard"),
    FLAG("soft"),
    FLAG_NO("lock"),
    VALUE("sec", TEXT),
    VALUE("clientaddr", TEXT),
};

#define LIST(list) list, sizeof list / sizeof list[0]

static const struct fstype filesystems[] = {
    {NAME("proc"), REST_REFUSED, LIST(proc)},
    {NAME("tmpfs"), REST_REFUSED, LIST(tmpfs)},
    {NAME("devpts"), REST_REFUSED, LIST(devpts)},
    {NAME("sysfs"), REST_REFUSED, NULL, 0},
    {NAME("mqueue"), REST_REFUSED, NULL, 0},
    {NAME("cgroup"), REST_UNKNOWN, LIST(cgroup)},
    {NAME("cgroup2"), REST_REFUSED_HERE, LIST(cgroup2)},
    {NAME("overlay"), REST_REFUSED_HERE, LIST(overlay)},
    {NAME("devtmpfs"), REST_REFUSED, LIST(tmpfs)},
    {NAME("securityfs"), REST_REFUSED, NULL, 0},
    {NAME("binfmt_misc"), REST_REFUSED, NULL, 0},
    {NAME("selinuxfs"), REST_REFUSED, NULL, 0},
    {NAME("configfs"), REST_REFUSED, NULL, 0},
    {NAME("hugetlbfs"), REST_REFUSED, LIST(hugetlbfs)},
    {NAME("tracefs"), REST_REFUSED, LIST(debugfs)},
    {NAME("debugfs"), REST_IGNORED, LIST(debugfs)},
    {NAME("bpf"), REST_IGNORED, LIST(bpf)},
    {NAME("ramfs"), REST_IGNORED, LIST(ramfs)},
    {NAME("fuse"), REST_REFUSED_HERE, LIST(fuse)},
    {NAME("fuseblk"), REST_REFUSED_HERE, LIST(fuse)},
    {NAME("ext4"), REST_REFUSED_HERE, LIST(ext)},
    {NAME("ext3"), REST_REFUSED_HERE, LIST(ext)},
    {NAME("ext2"), REST_REFUSED_HERE, LIST(ext)},
    {NAME("xfs"), REST_REFUSED_HERE, LIST(xfs)},
    {NAME("btrfs"), REST_REFUSED_HERE, LIST(btrfs)},
    {NAME("squashfs"), REST_REFUSED_HERE, LIST(squashfs)},
    {NAME("erofs"), REST_REFUSED_HERE, LIST(erofs)},
    {NAME("nfs"), REST_UNKNOWN, LIST(nfs)},
    {NAME("nfs4"), REST_UNKNOWN, LIST(nfs)},
};

enum { FILESYSTEMS = sizeof filesystems / sizeof filesystems[0] };

static const struct fstype *find_type(struct str type)
{
    for (size_t i = 0; i < FILESYSTEMS; i++) {
        const struct fstype *filesystem = &filesystems[i];
        if (filesystem->len == type.len && mem_equal(filesystem->type, type.at, type.len))
            return filesystem;
    }
    return NULL;
}

const struct fstype *fstype_find(struct str type)
{
    const struct fstype *found = find_type(type);
    const char *dot = NULL;
    if (found == NULL && type.len > 0)
        dot = memchr(type.at, '.', type.len);
    return dot ? find_type((struct str){type.at, (size_t)(dot - type.at)}) : found;
}

static const struct fstype_option *find_option(const struct fstype *filesystem,
                                               struct str name, bool negated)
{
    for (size_t i = 0; i < filesystem->count; i++) {
        const struct fstype_option *option = &filesystem->options[i];
        if (option->len == name.len && option->negated >= negated &&
            mem_equal(option->name, name.at, name.len))
            return option;
    }
    return NULL;
}

const struct fstype_option *fstype_option(const struct fstype *filesystem,
                                          struct str name, bool *negated)
{
    const struct fstype_option *option = find_option(filesystem, name, false);
    *negated = false;
    if (option == NULL && name.len > 2 && memcmp(name.at, "no", 2) == 0) {
        struct str rest = {name.at + 2, name.len - 2};
        option = find_option(filesystem, rest, true);
        *negated = option != NULL;
    }
    return option;
}

bool fstype_option_exists(struct str name)
{
    bool negated;
    for (size_t i = 0; i < FILESYSTEMS; i++) {
        if (fstype_option(&filesystems[i], name, &negated) != NULL)
            return true;
    }
    return false;
}
