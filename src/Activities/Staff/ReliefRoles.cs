namespace Relief.Flow.Activities.Staff;

/// <summary>The roles of relief work (requirements.md 1.6), as tasks and grants name them.</summary>
public static class ReliefRoles
{
    /// <summary>申请人.</summary>
    public const string Applicant = "applicant";

    /// <summary>服务对象.</summary>
    public const string Beneficiary = "beneficiary";

    /// <summary>监护人或家属.</summary>
    public const string Guardian = "guardian";

    /// <summary>县级民政干部.</summary>
    public const string CountyOfficer = "county-officer";

    /// <summary>县级资金管理员.</summary>
    public const string CountyFinance = "county-finance";

    /// <summary>乡镇救助窗口经办人.</summary>
    public const string ReliefClerk = "relief-clerk";

    /// <summary>乡镇审核员.</summary>
    public const string TownshipReviewer = "township-reviewer";

    /// <summary>乡镇财务结算员.</summary>
    public const string SettlementClerk = "settlement-clerk";

    /// <summary>村级工作人员.</summary>
    public const string VillageWorker = "village-worker";

    /// <summary>社会救助协理员.</summary>
    public const string Assistant = "assistant";

    /// <summary>入户调查员.</summary>
    public const string Surveyor = "surveyor";

    /// <summary>网格员.</summary>
    public const string GridWorker = "grid-worker";

    /// <summary>社工.</summary>
    public const string SocialWorker = "social-worker";

    /// <summary>社工站.</summary>
    public const string SocialWorkStation = "social-work-station";

    /// <summary>志愿者.</summary>
    public const string Volunteer = "volunteer";

    /// <summary>红马夹队长.</summary>
    public const string RedVestLead = "red-vest-lead";

    /// <summary>邻里帮扶人.</summary>
    public const string NeighbourAide = "neighbour";

    /// <summary>党支部书记.</summary>
    public const string PartySecretary = "party-secretary";

    /// <summary>党员.</summary>
    public const string PartyMember = "party-member";

    /// <summary>帮办代办主管.</summary>
    public const string AgentSupervisor = "agent-supervisor";

    /// <summary>帮办代办员.</summary>
    public const string Agent = "agent";

    /// <summary>服务机构负责人.</summary>
    public const string SupplierLead = "supplier-manager";

    /// <summary>服务人员.</summary>
    public const string SupplierWorker = "supplier-worker";

    /// <summary>供养机构.</summary>
    public const string Institution = "institution";

    /// <summary>专门医疗机构.</summary>
    public const string MedicalInstitution = "medical-institution";

    /// <summary>部门联络员.</summary>
    public const string DepartmentLiaison = "department-liaison";

    /// <summary>慈善组织.</summary>
    public const string Charity = "charity";

    /// <summary>培训机构.</summary>
    public const string TrainingBody = "training-body";

    /// <summary>核对中心.</summary>
    public const string VerificationCentre = "verification-centre";

    /// <summary>救助管理站.</summary>
    public const string ReliefStation = "relief-station";

    /// <summary>热线坐席.</summary>
    public const string HotlineOperator = "hotline-operator";

    /// <summary>门铃值班员.</summary>
    public const string DutyOfficer = "duty-officer";

    /// <summary>抽查员.</summary>
    public const string SpotCheckInspector = "spot-check-inspector";

    /// <summary>绩效评价员.</summary>
    public const string Evaluator = "evaluator";

    /// <summary>领导小组成员.</summary>
    public const string LeadingGroup = "leading-group";

    /// <summary>市级指导员.</summary>
    public const string CityGuide = "city-guide";

    /// <summary>流程管理员.</summary>
    public const string Administrator = "workflow-administrator";

    /// <summary>运维操作员.</summary>
    public const string Operator = "operator";

    /// <summary>审计员.</summary>
    public const string Auditor = "auditor";

    /// <summary>公示隐私复核员.</summary>
    public const string PrivacyReviewer = "privacy-reviewer";

    /// <summary>Every role.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Applicant, Beneficiary, Guardian, CountyOfficer, CountyFinance, ReliefClerk,
        TownshipReviewer, SettlementClerk, VillageWorker, Assistant, Surveyor, GridWorker,
        SocialWorker, SocialWorkStation, Volunteer, RedVestLead, NeighbourAide, PartySecretary,
        PartyMember, AgentSupervisor, Agent, SupplierLead, SupplierWorker, Institution,
        MedicalInstitution, DepartmentLiaison, Charity, TrainingBody, VerificationCentre, ReliefStation,
        HotlineOperator, DutyOfficer, SpotCheckInspector, Evaluator, LeadingGroup, CityGuide,
        Administrator, Operator, Auditor, PrivacyReviewer
    ];
}
