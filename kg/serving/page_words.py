"""Words on a thing's page for what the graph says by a code or by a term of a common vocabulary.

Terms of our own ontology have their labels there. Those of the W3C and of Dublin Core have none in Vietnamese, and literals of some of our
properties are codes; a test walks through a build and finds those that have no words here.
"""

from __future__ import annotations

from kg.graph.namespaces import MG_BASE, PREFIXES
from kg.questions.records import Text
from kg.questions.words import CODES

_TERMS = {
    "rdf:type": Text("loại", "type"), "rdf:first": Text("phần tử đầu", "first item"), "rdf:rest": Text("phần còn lại", "rest of the list"),
    "rdfs:label": Text("tên gọi", "name"), "rdfs:comment": Text("ghi chú", "comment"), "rdfs:domain": Text("miền", "domain"), "rdfs:range": Text("giá trị thuộc", "range"), "rdfs:seeAlso": Text("xem thêm", "see also"),
    "rdfs:subClassOf": Text("là một loại", "is a kind of"), "rdfs:subPropertyOf": Text("là trường hợp của", "is a case of"), "rdfs:isDefinedBy": Text("định nghĩa ở", "defined by"),
    "skos:prefLabel": Text("tên chính", "proper name"), "skos:altLabel": Text("tên khác", "other name"), "skos:hiddenLabel": Text("cách viết sai thường gặp", "wrong form met"), "skos:example": Text("ví dụ", "example"),
    "skos:inScheme": Text("thuộc bảng", "in scheme"), "skos:definition": Text("định nghĩa", "definition"), "skos:note": Text("ghi chú", "note"), "skos:scopeNote": Text("phạm vi", "scope"), "skos:notation": Text("ký hiệu", "notation"),
    "skos:editorialNote": Text("ghi chú biên tập", "editorial note"), "skos:closeMatch": Text("gần với", "close to"), "skos:exactMatch": Text("đúng là", "same as"), "skos:broader": Text("thuộc nhóm rộng hơn", "broader"), "skos:narrower": Text("gồm loại hẹp hơn", "narrower"),
    "skos:topConceptOf": Text("mục đầu của bảng", "top concept of"), "skos:hasTopConcept": Text("mục đầu", "top concept"), "skos:changeNote": Text("thay đổi", "change"),
    "dcterms:source": Text("nguồn", "source"), "dcterms:description": Text("mô tả", "description"), "dcterms:title": Text("tiêu đề", "title"), "dcterms:isReplacedBy": Text("được thay bằng", "replaced by"), "dcterms:license": Text("giấy phép", "licence"),
    "dcterms:isPartOf": Text("là phần của", "part of"), "dcterms:creator": Text("người lập", "creator"), "dcterms:created": Text("ngày lập", "created"),
    "oa:exact": Text("nguyên văn", "words"), "oa:prefix": Text("chữ đứng trước", "words before"), "oa:suffix": Text("chữ đứng sau", "words after"), "oa:start": Text("từ ký tự", "from character"), "oa:end": Text("đến ký tự", "to character"),
    "oa:hasSelector": Text("vị trí", "place"), "oa:hasSource": Text("trong văn bản", "in the text"), "oa:hasTarget": Text("chỗ trong văn bản", "place in the text"), "oa:hasBody": Text("nội dung", "body"),
    "prov:wasDerivedFrom": Text("rút ra từ", "derived from"), "prov:wasGeneratedBy": Text("tạo bởi", "made by"), "prov:wasAttributedTo": Text("do", "attributed to"), "prov:generatedAtTime": Text("tạo lúc", "made at"),
    "void:triples": Text("số phát biểu", "statements"), "void:entities": Text("số thứ", "things"), "void:property": Text("thuộc tính", "property"), "void:class": Text("lớp", "class"), "void:propertyPartition": Text("theo thuộc tính", "by property"),
    "void:classPartition": Text("theo lớp", "by class"), "void:subset": Text("đồ thị có tên", "named graph"), "void:uriSpace": Text("địa chỉ bắt đầu bằng", "addresses begin with"), "void:vocabulary": Text("từ vựng", "vocabulary"),
    "dcat:distribution": Text("tệp tải về", "file to take away"), "dcat:mediaType": Text("dạng tệp", "media type"), "dcat:downloadURL": Text("địa chỉ tải về", "download address"),
    "owl:propertyChainAxiom": Text("suy từ chuỗi", "follows from the chain"), "owl:unionOf": Text("hợp của", "union of"), "owl:members": Text("gồm", "members"), "owl:imports": Text("dùng cả", "imports"), "owl:versionInfo": Text("bản", "version"),
    "owl:versionIRI": Text("địa chỉ của bản", "address of the version"), "owl:priorVersion": Text("bản trước", "prior version"), "owl:backwardCompatibleWith": Text("hợp với bản", "compatible with"), "owl:inverseOf": Text("ngược với", "inverse of"),
    "owl:disjointWith": Text("không trùng với", "disjoint with"), "owl:equivalentClass": Text("cùng lớp với", "same class as"), "owl:sameAs": Text("chính là", "same as"), "owl:deprecated": Text("không còn dùng", "deprecated"),
    "void:Dataset": Text("tập dữ liệu (VoID)", "data set (VoID)"), "dcat:Dataset": Text("tập dữ liệu (DCAT)", "data set (DCAT)"), "dcat:Distribution": Text("tệp dữ liệu", "distribution"),
    "skos:Concept": Text("mục từ vựng", "concept"), "skos:ConceptScheme": Text("bảng từ vựng", "concept scheme"), "oa:SpecificResource": Text("chỗ trong văn bản", "place in a document"), "oa:TextQuoteSelector": Text("trích nguyên văn", "text quote"),
    "oa:TextPositionSelector": Text("vị trí trong văn bản", "text position"), "org:ChangeEvent": Text("lần sắp xếp tổ chức", "change of organisations"), "prov:Entity": Text("dữ liệu", "entity"), "prov:Activity": Text("việc đã làm", "activity"),
    "owl:Class": Text("lớp", "class"), "owl:ObjectProperty": Text("quan hệ", "object property"), "owl:DatatypeProperty": Text("thuộc tính", "datatype property"), "owl:AnnotationProperty": Text("chú giải", "annotation property"),
    "owl:Ontology": Text("bộ từ vựng", "ontology"), "owl:AllDisjointClasses": Text("các lớp không trùng nhau", "disjoint classes"), "owl:TransitiveProperty": Text("quan hệ bắc cầu", "transitive property"), "owl:FunctionalProperty": Text("thuộc tính một giá trị", "functional property"),
    "owl:SymmetricProperty": Text("quan hệ đối xứng", "symmetric property"), "owl:AsymmetricProperty": Text("quan hệ một chiều", "asymmetric property"), "owl:IrreflexiveProperty": Text("quan hệ không với chính nó", "irreflexive property"),
    "owl:InverseFunctionalProperty": Text("quan hệ ngược một giá trị", "inverse functional property"), "owl:NamedIndividual": Text("cá thể", "individual"), "owl:Restriction": Text("ràng buộc", "restriction"), "rdfs:Class": Text("lớp", "class"),
    "dcterms:hasVersion": Text("quy ước tính", "conventions"), "dcterms:valid": Text("tính đến ngày", "as of"),
    "qb:DataSet": Text("tập số liệu", "data set (figures)"), "qb:Observation": Text("số liệu", "observation"), "qb:DataStructureDefinition": Text("cấu trúc số liệu", "data structure"), "qb:DimensionProperty": Text("chiều", "dimension"),
    "qb:MeasureProperty": Text("đại lượng", "measure"), "qb:dataSet": Text("thuộc tập số liệu", "in the data set"), "qb:structure": Text("cấu trúc", "structure"), "qb:component": Text("thành phần", "component"), "qb:dimension": Text("chiều", "dimension"),
    "qb:measure": Text("đại lượng", "measure"), "rdf:Property": Text("thuộc tính", "property"), "eli:LegalResource": Text("văn bản pháp luật", "legal resource"),
}  # fmt: skip
_PRECISION = {"year": Text("chỉ biết năm", "only the year is known"), "month": Text("chỉ biết tháng", "only the month is known"), "day": Text("biết ngày", "to the day")}
_CODED = {
    "level": {
        "central": Text("trung ương", "central"), "provincial": Text("cấp tỉnh", "provincial"), "district": Text("cấp huyện", "district"), "commune": Text("cấp xã", "commune"),
        "overlap": Text("chồng lấn", "overlap"), "duplication": Text("trùng lặp", "duplication"), "repetition": Text("lặp lại", "repetition"), "nested": Text("bao nhau", "nested"), "contradiction": Text("mâu thuẫn", "contradiction"),
    },
    "relation": {
        "cites": Text("viện dẫn", "cites"), "legal-basis": Text("căn cứ", "legal basis"), "implements": Text("triển khai", "carries out"), "self": Text("tự nhắc", "itself"), "proposal": Text("đề nghị", "proposal"),
        "amends": Text("sửa đổi", "amends"), "repeals": Text("bãi bỏ", "repeals"), "replaces": Text("thay thế", "replaces"),
    },
    "method": {
        "grammar": Text("theo mẫu câu, bảng", "by grammar"), "registry": Text("theo danh mục", "by the registry"), "variant": Text("theo cách viết khác", "by another form"), "abbreviation": Text("theo chữ viết tắt", "by abbreviation"),
        "unresolved": Text("chưa nhận ra", "not resolved"), "shared-head": Text("theo từ đầu dùng chung", "by a shared head"), "misprint": Text("sửa lỗi chữ", "misprint mended"), "near": Text("theo tên gần giống", "by a near name"), "tf-idf": Text("so từ ngữ", "by wording"),
        "code": Text("theo số mục", "by code"), "context": Text("theo ngữ cảnh", "by context"),
    },
    "form": CODES["form"], "comparator": CODES["comparator"], "datePrecision": _PRECISION, "validFromPrecision": _PRECISION, "validToPrecision": _PRECISION,
    "branch": {
        "administrative": Text("hành chính", "administrative"), "legislative": Text("lập pháp", "legislative"), "party": Text("Đảng", "Party"), "programme": Text("chương trình", "programme"), "historic": Text("lịch sử", "historic"),
    },
    "verification": {
        "V": Text("đã đối chiếu nguồn độc lập", "checked in an independent source"), "S": Text("đọc thấy trong năm kế hoạch", "read in one of the five plans"), "K": Text("hiểu biết chung, chưa tra", "general knowledge, not looked up"),
    },
    "kindClass": {
        "government-agency-or-other": Text("cơ quan thuộc Chính phủ hoặc khác", "agency of the Government, or other"), "group": Text("nhóm cơ quan", "group"), "central-field-unit": Text("đơn vị của trung ương tại địa phương", "central body's local unit"),
        "association": Text("hội", "association"), "council-committee": Text("hội đồng, ban chỉ đạo", "council or committee"), "specialised-department": Text("sở chuyên môn", "specialised department"), "state-enterprise": Text("doanh nghiệp nhà nước", "state enterprise"),
        "public-service-unit": Text("đơn vị sự nghiệp công lập", "public service unit"), "party-or-front": Text("Đảng, Mặt trận", "Party or Front"), "ministry": Text("bộ, cơ quan ngang bộ", "ministry"), "party-body": Text("cơ quan Đảng", "Party body"),
        "sub-department": Text("chi cục", "sub-department"), "peoples-committee": Text("Ủy ban nhân dân", "People's Committee"), "mass-organisation": Text("tổ chức chính trị - xã hội", "mass organisation"), "division": Text("phòng", "division"),
        "top-body": Text("cơ quan đứng đầu", "top body"), "management-board": Text("ban quản lý", "management board"), "fund": Text("quỹ", "fund"), "school": Text("trường", "school"), "media": Text("báo, đài", "media"), "health-unit": Text("cơ sở y tế", "health unit"),
        "judiciary": Text("tòa án, viện kiểm sát", "judiciary"), "community-unit": Text("thôn, tổ dân phố", "community unit"), "peoples-council": Text("Hội đồng nhân dân", "People's Council"), "office": Text("văn phòng", "office"),
        "fatherland-front": Text("Mặt trận Tổ quốc", "Fatherland Front"), "delegation": Text("đoàn đại biểu", "delegation"), "office-holder": Text("chức danh", "office-holder"),
    },
}  # fmt: skip
_MEASURED = {
    "word": {
        "none": Text("không nổi trội một cách chắc chắn", "does not stand out for certain"), "stands-out": Text("nổi trội tại đây, chưa so được với nơi khác", "stands out here, peers not assessed"),
        "high": Text("tải giao việc cao", "high assigned load"), "overloaded": Text("quá tải", "overloaded"), "not-assessed": Text("không xét", "not assessed"),
    },
    "light": {
        "person": Text("rõ người", "clear person"), "work": Text("rõ việc", "clear work"), "time": Text("rõ thời gian", "clear time"), "responsibility": Text("rõ trách nhiệm", "clear responsibility"),
        "product": Text("rõ sản phẩm", "clear product"), "authority": Text("rõ thẩm quyền", "clear authority"), "funding": Text("rõ nguồn lực", "clear funding"),
    },
}  # fmt: skip
"""What the observations say by a code (docs/measures.md, D2 and D8)."""


def term_words(iri: str, language: str) -> str | None:
    """Give the name of a term of a common vocabulary; ``None`` for others.

    >>> term_words("http://www.w3.org/2000/01/rdf-schema#label", "vi"), term_words("https://example.org/x", "vi")
    ('tên gọi', None)
    """
    short = next((f"{prefix}:{iri[len(base):]}" for prefix, base in PREFIXES.items() if iri.startswith(base)), "")
    told = _TERMS.get(short)
    return told.told(language) if told else None


def code_words(property_iri: str, code: str, language: str) -> str | None:
    """Give the words for a code that a property of ours holds; ``None`` where it is no code.

    >>> code_words("https://w3id.org/mandategraph/ontology#level", "provincial", "vi")
    'cấp tỉnh'
    """
    codes = next((known.get(property_iri.removeprefix(base)) for base, known in ((MG_BASE, _CODED), (PREFIXES["measure"], _MEASURED)) if property_iri.startswith(base)), None)
    told = (codes or {}).get(code)
    return told.told(language) if told else None
