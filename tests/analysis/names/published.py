"""Tiny lists of invented people, written as the publishers write theirs."""

import json

UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-11-01T00:00:00.000Z">
 <INDIVIDUALS><INDIVIDUAL>
  <DATAID>6908555</DATAID><FIRST_NAME>MOHAMMED</FIRST_NAME>
  <SECOND_NAME>KARIM</SECOND_NAME><THIRD_NAME>ORLUN</THIRD_NAME>
  <REFERENCE_NUMBER>VXi.001</REFERENCE_NUMBER>
  <NATIONALITY><VALUE>Vornia</VALUE></NATIONALITY>
  <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Karim the Elder</ALIAS_NAME>
  </INDIVIDUAL_ALIAS>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1960-05-01</DATE>
  </INDIVIDUAL_DATE_OF_BIRTH>
 </INDIVIDUAL></INDIVIDUALS>
 <ENTITIES><ENTITY><DATAID>1</DATAID><FIRST_NAME>Orlun Arms Trading</FIRST_NAME>
  <REFERENCE_NUMBER>VXe.001</REFERENCE_NUMBER>
  <ENTITY_ALIAS><ALIAS_NAME>OAT</ALIAS_NAME></ENTITY_ALIAS></ENTITY></ENTITIES>
</CONSOLIDATED_LIST>
"""
EU = """<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export"
  generationDate="2026-11-02T10:00:00.000+01:00" globalFileId="1">
 <sanctionEntity euReferenceNumber="EU.1.1" logicalId="13">
  <subjectType code="person" classificationCode="P"/>
  <nameAlias wholeName="Ilse Vornhagen" strong="true"/>
  <nameAlias wholeName="Elsa Vornhagen" strong="false"/>
  <citizenship countryIso2Code="XV" region=""/>
  <birthdate circa="false" birthdate="1971-02-03" year="1971"/>
 </sanctionEntity>
 <sanctionEntity logicalId="14">
  <subjectType code="enterprise" classificationCode="E"/>
  <nameAlias wholeName="Vornhagen Shipping"/>
 </sanctionEntity>
</export>
"""
OFAC_XML = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML">
 <publshInformation><Publish_Date>11/03/2026</Publish_Date></publshInformation>
 <sdnEntry><uid>36</uid><firstName>Tomas</firstName><lastName>BRENDAL</lastName>
  <sdnType>Individual</sdnType>
  <akaList><aka><uid>1</uid><type>a.k.a.</type><category>strong</category>
   <lastName>BRENDALL</lastName><firstName>Thomas</firstName></aka></akaList>
  <dateOfBirthList><dateOfBirthItem><uid>2</uid><dateOfBirth>07 Aug 1955</dateOfBirth>
  </dateOfBirthItem></dateOfBirthList></sdnEntry>
 <sdnEntry><uid>37</uid><lastName>SEA ORLUN</lastName>
  <sdnType>Vessel</sdnType></sdnEntry>
</sdnList>
"""
OFAC_CSV = (
    '36,"BRENDAL, Tomas","individual","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    '"DOB 07 Aug 1955; nationality Vornia."\n'
    '306,"ORLUN TRADING",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n'
)
FTM = "\n".join(
    json.dumps(each)
    for each in (
        {
            "id": "v-1",
            "schema": "Person",
            "properties": {
                "name": ["Ilse Vornhagen"],
                "alias": ["I. Vornhagen"],
                "birthDate": ["1971"],
                "nationality": ["xv"],
            },
        },
        {"id": "v-2", "schema": "Sanction", "properties": {"entity": ["v-1"]}},
    )
)
SIMPLE = (
    '"id","schema","name","aliases","birth_date","countries"\n'
    '"v-1","Person","Ilse Vornhagen","Elsa Vornhagen;I. V.","1971-02-03","xv"\n'
)
EU_CSV = (
    "\ufefffileGenerationDate;Entity_LogicalId;Entity_SubjectType;NameAlias_WholeName\n"
    "02/11/2026;13;P;Ilse Vornhagen\n"
    "02/11/2026;13;P;Elsa Vornhagen\n"
)
