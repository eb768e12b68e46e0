import { useState } from 'react';
import { useCombobox, useSelect } from 'downshift';
import { posts } from './form.js';
import { mount } from './react.jsx';

const options = ['Late', 'Lost', 'Lost and found', 'Wet'];
const held = {};
for (const each of ['one', 'found']) posts(each, () => held[each] ?? '');
const Pick = () => {
  const { isOpen, selectedItem, getToggleButtonProps, getLabelProps, getMenuProps, getItemProps } = useSelect({ items: options });
  held.one = selectedItem;
  return <div><label {...getLabelProps()}>Reason</label><div {...getToggleButtonProps()}>{selectedItem ?? 'Choose'}</div>
    <ul {...getMenuProps()}>{isOpen && options.map((item, index) => <li key={item} {...getItemProps({ item, index })}>{item}</li>)}</ul></div>;
};
const Find = () => {
  const [items, setItems] = useState(options);
  const { isOpen, selectedItem, getToggleButtonProps, getLabelProps, getMenuProps, getInputProps, getItemProps } = useCombobox({
    items, onInputValueChange: ({ inputValue }) => setItems(options.filter((each) => each.includes(inputValue ?? ''))),
  });
  held.found = selectedItem;
  return <div><label {...getLabelProps()}>Found reason</label><input {...getInputProps()} /><button type="button" {...getToggleButtonProps()}>v</button>
    <ul {...getMenuProps()}>{isOpen && items.map((item, index) => <li key={item} {...getItemProps({ item, index })}>{item}</li>)}</ul></div>;
};
mount(<><Pick /><Find /></>);
