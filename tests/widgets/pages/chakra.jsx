import { ChakraProvider, defaultSystem, Checkbox, Combobox, createListCollection, Field, FileUpload, Input, NativeSelect, NumberInput,
  Portal, RadioGroup, RadioCard, RatingGroup, SegmentGroup, Select, Slider, Switch, Textarea, Fieldset, CheckboxGroup, Button,
  useFilter, useListCollection } from '@chakra-ui/react';
import { posts } from './form.js';
import { mount } from './react.jsx';

const options = ['Late', 'Lost', 'Lost and found', 'Wet'].map((label) => ({ label, value: label.toLowerCase() }));
const items = createListCollection({ items: options });
const held = {};
posts('found', () => held.found ?? '');
const Pick = ({ label, name, multiple }) => <Select.Root collection={items} name={name} multiple={multiple} size="sm"><Select.HiddenSelect />
  <Select.Label>{label}</Select.Label><Select.Control><Select.Trigger><Select.ValueText placeholder="Choose" /></Select.Trigger>
    <Select.IndicatorGroup><Select.Indicator /></Select.IndicatorGroup></Select.Control>
  <Portal><Select.Positioner><Select.Content>{options.map((each) => <Select.Item item={each} key={each.value}>{each.label}<Select.ItemIndicator /></Select.Item>)}
  </Select.Content></Select.Positioner></Portal></Select.Root>;
const Find = () => {
  const { contains } = useFilter({ sensitivity: 'base' });
  const { collection, filter } = useListCollection({ initialItems: options, filter: contains });
  return <Combobox.Root collection={collection} onInputValueChange={(event) => filter(event.inputValue)}
    onValueChange={({ value }) => { held.found = value.join(','); }}>
    <Combobox.Label>Found reason</Combobox.Label><Combobox.Control><Combobox.Input /><Combobox.IndicatorGroup><Combobox.ClearTrigger /><Combobox.Trigger /></Combobox.IndicatorGroup></Combobox.Control>
    <Portal><Combobox.Positioner><Combobox.Content><Combobox.Empty>None</Combobox.Empty>
      {collection.items.map((each) => <Combobox.Item item={each} key={each.value}>{each.label}<Combobox.ItemIndicator /></Combobox.Item>)}
    </Combobox.Content></Combobox.Positioner></Portal></Combobox.Root>;
};
const Page = () => <ChakraProvider value={defaultSystem}>
  <Field.Root><Field.Label>Name</Field.Label><Input name="name" /></Field.Root>
  <Field.Root><Field.Label>Message</Field.Label><Textarea name="message" /></Field.Root>
  <Pick label="Reason" name="one" /><Pick label="Reasons" name="many" multiple /><Find />
  <Field.Root><Field.Label>Outcome</Field.Label><NativeSelect.Root><NativeSelect.Field name="native" placeholder="Choose">
    {options.map((each) => <option key={each.value} value={each.value}>{each.label}</option>)}</NativeSelect.Field><NativeSelect.Indicator /></NativeSelect.Root></Field.Root>
  <RadioGroup.Root name="reply"><RadioGroup.Label>Reply by</RadioGroup.Label>{['Email', 'Phone'].map((each) => <RadioGroup.Item key={each} value={each.toLowerCase()}>
    <RadioGroup.ItemHiddenInput /><RadioGroup.ItemIndicator /><RadioGroup.ItemText>{each}</RadioGroup.ItemText></RadioGroup.Item>)}</RadioGroup.Root>
  <RadioCard.Root name="plan"><RadioCard.Label>Plan</RadioCard.Label>{['Basic', 'Premium'].map((each) => <RadioCard.Item key={each} value={each.toLowerCase()}>
    <RadioCard.ItemHiddenInput /><RadioCard.ItemControl><RadioCard.ItemText>{each}</RadioCard.ItemText><RadioCard.ItemIndicator /></RadioCard.ItemControl></RadioCard.Item>)}</RadioCard.Root>
  <Fieldset.Root><CheckboxGroup name="boxes"><Fieldset.Legend>What happened</Fieldset.Legend>{options.map((each) => <Checkbox.Root key={each.value} value={each.value}>
    <Checkbox.HiddenInput /><Checkbox.Control><Checkbox.Indicator /></Checkbox.Control><Checkbox.Label>{each.label}</Checkbox.Label></Checkbox.Root>)}</CheckboxGroup></Fieldset.Root>
  <Checkbox.Root name="terms"><Checkbox.HiddenInput /><Checkbox.Control><Checkbox.Indicator /></Checkbox.Control><Checkbox.Label>I agree</Checkbox.Label></Checkbox.Root>
  <Switch.Root name="news"><Switch.HiddenInput /><Switch.Control><Switch.Thumb /></Switch.Control><Switch.Label>News</Switch.Label></Switch.Root>
  <Slider.Root name="volume" defaultValue={[50]} step={5} width="200px"><Slider.Label>Volume</Slider.Label><Slider.Control><Slider.Track><Slider.Range /></Slider.Track><Slider.Thumbs /></Slider.Control></Slider.Root>
  <Field.Root><Field.Label>Copies</Field.Label><NumberInput.Root name="copies"><NumberInput.Control /><NumberInput.Input /></NumberInput.Root></Field.Root>
  <SegmentGroup.Root name="size" defaultValue="Small" aria-label="Size"><SegmentGroup.Indicator /><SegmentGroup.Items items={['Small', 'Large']} /></SegmentGroup.Root>
  <RatingGroup.Root name="stars" count={5}><RatingGroup.Label>Stars</RatingGroup.Label><RatingGroup.HiddenInput /><RatingGroup.Control /></RatingGroup.Root>
  <FileUpload.Root maxFiles={2}><FileUpload.HiddenInput name="files" /><FileUpload.Label>Pictures</FileUpload.Label><FileUpload.Trigger asChild><Button type="button">Upload file</Button></FileUpload.Trigger><FileUpload.List /></FileUpload.Root>
</ChakraProvider>;
mount(<Page />);
